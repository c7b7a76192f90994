package dev.upswell.views.source;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Kafka source that stores the recent event ids beside the offset of each partition.
 *
 * <p>The topic is keyed by viewer, so a retry arrives in the same partition. Deduplication needs no
 * shuffle, only state in the same checkpoint as the offset that moves with the partition: this is
 * what splits are. State of an operator behind the source is redistributed without regard to
 * partitions.
 */
final class DeduplicatingViewSource
    implements Source<ViewRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<ViewRecord> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<ViewRecord> kafka;

  /**
   * The deserializer that {@link #kafka} uses, also after serialization, because both are
   * serialized together.
   */
  private final ViewDeserializer deserializer;

  DeduplicatingViewSource(KafkaSource<ViewRecord> kafka, ViewDeserializer deserializer) {
    this.kafka = kafka;
    this.deserializer = deserializer;
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SourceReader<ViewRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new ViewReader(kafka.createReader(context), deserializer);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return kafka.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new ViewSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<ViewRecord> getProducedType() {
    return kafka.getProducedType();
  }
}
