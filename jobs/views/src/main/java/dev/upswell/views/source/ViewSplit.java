package dev.upswell.views.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A partition, where to read on, and what was seen lately before that. So the ids go wherever the
 * partition goes when the job is rescaled.
 */
final class ViewSplit extends KafkaPartitionSplit {
  private final byte[] recent;

  /**
   * Adds to a partition what was seen in it.
   *
   * @param recent packed {@link DedupWindow}
   */
  ViewSplit(KafkaPartitionSplit split, byte[] recent) {
    super(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.recent = recent;
  }

  byte[] recent() {
    return recent;
  }

  // As of a partition: the ids only tell of its past.
  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
