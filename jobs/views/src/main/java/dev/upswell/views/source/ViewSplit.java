package dev.upswell.views.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * A partition with its offset and its dedup window. So the window moves with the partition on a
 * rescale.
 */
final class ViewSplit extends KafkaPartitionSplit {
  private final byte[] recent;

  /**
   * Adds a dedup window to a partition.
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

  // Equal by partition, because the window depends only on its past.
  @Override
  public boolean equals(Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
