package dev.upswell.views.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.events.View;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Checks that the dedup window moves with its partition to another reader. */
class ViewReaderTest {
  private static final long T0 = 1_780_000_000_000L;

  private final Subtask before = new Subtask();
  private final Subtask after = new Subtask();

  /** Where partitions are, which is all that matters of Kafka's own reader. */
  private static final class Partitions implements SourceReader<ViewRecord, KafkaPartitionSplit> {
    private final List<KafkaPartitionSplit> splits = new ArrayList<>();

    @Override
    public void addSplits(List<KafkaPartitionSplit> more) {
      splits.addAll(more);
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return splits.stream()
          .map(split -> new KafkaPartitionSplit(split.getTopicPartition(), 77))
          .toList();
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<ViewRecord> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  /** A reader and what decodes for it. */
  private static final class Subtask {
    final ViewDeserializer deserializer = new ViewDeserializer(Duration.ofMinutes(2), 1_000);
    final Partitions kafka = new Partitions();
    final ViewReader reader = new ViewReader(kafka, deserializer);

    /** Reads a view; tells whether it is a new one. */
    boolean counts(int partition, View view) {
      List<ViewRecord> out = new ArrayList<>();
      deserializer.deserialize(
          Views.inKafka(partition, view.toByteArray()), new ListCollector<>(out));
      return !out.isEmpty();
    }
  }

  private static View view(String eventId) {
    return Views.view(1, T0).toBuilder().setEventId(eventId).build();
  }

  private static KafkaPartitionSplit partition(int partition) {
    return new KafkaPartitionSplit(new TopicPartition(Views.TOPIC, partition), 3);
  }

  private static List<KafkaPartitionSplit> throughACheckpoint(List<KafkaPartitionSplit> splits)
      throws IOException {
    ViewSplitSerializer serializer = new ViewSplitSerializer();
    List<KafkaPartitionSplit> read = new ArrayList<>();
    for (KafkaPartitionSplit split : splits) {
      read.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)));
    }
    return read;
  }

  @Test
  void duplicatesAreDroppedAfterPartitionReassignment() throws Exception {
    before.reader.addSplits(List.of(partition(0), partition(1)));
    assertThat(before.counts(0, view("a"))).isTrue();
    assertThat(before.counts(0, view("a"))).isFalse();
    assertThat(before.counts(1, view("b"))).isTrue();

    List<KafkaPartitionSplit> saved = throughACheckpoint(before.reader.snapshotState(1));
    assertThat(before.counts(0, view("after the checkpoint"))).isTrue();
    after.reader.addSplits(saved);

    assertThat(after.kafka.splits)
        .extracting(KafkaPartitionSplit::getStartingOffset)
        .containsExactly(77L, 77L);
    assertThat(after.counts(0, view("a"))).isFalse();
    assertThat(after.counts(1, view("b"))).isFalse();
    assertThat(after.counts(0, view("after the checkpoint"))).isTrue();
  }

  @Test
  void partitionsHaveSeparateWindows() throws Exception {
    before.reader.addSplits(List.of(partition(0), partition(1)));
    assertThat(before.counts(0, view("a"))).isTrue();
    assertThat(before.counts(1, view("a"))).isTrue();
    assertThat(before.counts(0, view("a"))).isFalse();

    List<KafkaPartitionSplit> saved = throughACheckpoint(before.reader.snapshotState(1));
    after.reader.addSplits(List.of(saved.get(1)));
    assertThat(after.counts(1, view("a"))).isFalse();
    assertThat(after.counts(0, view("a"))).isTrue();
  }

  @Test
  void newPartitionsHaveAnEmptyWindow() throws Exception {
    after.reader.addSplits(throughACheckpoint(List.of(partition(0))));
    assertThat(after.kafka.splits).containsExactly(partition(0));
    assertThat(after.counts(0, view("a"))).isTrue();
  }

  @Test
  void idsAreUniquePerViewerAndViewsWithoutIdAllCount() {
    View view = view("a");
    assertThat(before.counts(0, view)).isTrue();
    assertThat(before.counts(0, view.toBuilder().setViewerId(2).build())).isTrue();
    assertThat(before.counts(0, view.toBuilder().setVideoId(10).build())).isFalse();
    assertThat(before.counts(0, view(""))).isTrue();
    assertThat(before.counts(0, view(""))).isTrue();
  }

  @Test
  void invalidRecordsAreDeadLettersWithCoordinates() {
    List<ViewRecord> out = new ArrayList<>();
    before.deserializer.deserialize(Views.inKafka(3, new byte[] {1}), new ListCollector<>(out));
    assertThat(out).singleElement().satisfies(read -> assertThat(read.deadLetter()).isPresent());
    var letter = out.get(0).deadLetter().orElseThrow();
    assertThat(letter.getTopic()).isEqualTo(Views.TOPIC);
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(5);
    assertThat(letter.getRaw().toByteArray()).containsExactly(1);
    assertThat(before.counts(3, view("a"))).isTrue();
  }

  @Test
  void otherVersionsOfASplitAreRejected() throws Exception {
    ViewSplitSerializer serializer = new ViewSplitSerializer();
    byte[] split = serializer.serialize(partition(0));
    assertThatThrownBy(() -> serializer.deserialize(2, split))
        .isInstanceOf(IOException.class)
        .hasMessage("partition of views: version 2 (expected: 1)");
  }
}
