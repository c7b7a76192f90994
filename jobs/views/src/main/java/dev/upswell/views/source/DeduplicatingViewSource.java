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
 * Kafka's source, with the ids of the views that were seen lately kept beside each partition's
 * offset.
 *
 * <p>The topic is keyed by viewer, so an event that is sent again comes in the same partition. So
 * no shuffle is needed to find it, only a memory that is part of the same checkpoint as the offset
 * and goes where the partition goes: that is what splits are. State of an operator behind the
 * source is dealt out without regard to partitions.
 */
final class DeduplicatingViewSource
    implements Source<ViewRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<ViewRecord> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<ViewRecord> kafka;

  /** The one that {@link #kafka} holds, also after both were serialized, which happens together. */
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
