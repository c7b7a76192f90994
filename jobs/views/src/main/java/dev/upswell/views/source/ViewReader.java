package dev.upswell.views.source;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/** Kafka reader that stores the dedup window of each partition with its offset. */
@SuppressWarnings("try") // Flink declares what closing may throw.
final class ViewReader implements SourceReader<ViewRecord, KafkaPartitionSplit> {
  private final SourceReader<ViewRecord, KafkaPartitionSplit> kafka;
  private final ViewDeserializer deserializer;

  ViewReader(SourceReader<ViewRecord, KafkaPartitionSplit> kafka, ViewDeserializer deserializer) {
    this.kafka = kafka;
    this.deserializer = deserializer;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return kafka.snapshotState(checkpointId).stream()
        .<KafkaPartitionSplit>map(
            split -> new ViewSplit(split, deserializer.windowOf(split.getPartition()).toBytes()))
        .toList();
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      if (split instanceof ViewSplit known) {
        deserializer.windowOf(split.getPartition()).restore(known.recent());
      }
    }
    kafka.addSplits(splits);
  }

  @Override
  public void start() {
    kafka.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<ViewRecord> output) throws Exception {
    return kafka.pollNext(output);
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return kafka.isAvailable();
  }

  @Override
  public void notifyNoMoreSplits() {
    kafka.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    kafka.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    kafka.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    kafka.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    kafka.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws Exception {
    kafka.close();
  }
}
