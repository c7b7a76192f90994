package dev.upswell.views.source;

import dev.upswell.contract.Hash64;
import dev.upswell.contract.TextSlice;
import dev.upswell.contract.Violation;
import dev.upswell.runtime.kafka.DeadLetters;
import dev.upswell.runtime.types.SerializedType;
import dev.upswell.views.decode.ViewDecoder;
import dev.upswell.views.decode.ViewFields;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record to a view or a dead letter, and drops duplicate views.
 *
 * <p>The dedup window belongs to the partition, not to the subtask: {@link ViewReader} stores it
 * with the offset.
 */
final class ViewDeserializer implements KafkaRecordDeserializationSchema<ViewRecord> {
  private static final long serialVersionUID = 1L;

  private final Duration dedupWindow;
  private final int maxDedupIds;

  private transient InstantSource clock;
  private transient ViewRecord record;
  private transient ViewDecoder decoder;
  private transient Map<Integer, DedupWindow> recent;

  /** Window of the partition of the last record; records arrive in batches per partition. */
  private transient DedupWindow current;

  private transient int currentPartition;
  private transient Counter repeats;

  ViewDeserializer(Duration dedupWindow, int maxDedupIds) {
    this.dedupWindow = dedupWindow;
    this.maxDedupIds = maxDedupIds;
    start(InstantSource.system(), new SimpleCounter());
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    start(InstantSource.system(), context.getMetricGroup().counter("duplicateViews"));
  }

  private void start(InstantSource source, Counter repeated) {
    clock = source;
    repeats = repeated;
    record = new ViewRecord();
    decoder = new ViewDecoder(source);
    recent = new HashMap<>();
    current = new DedupWindow(0, 1);
    currentPartition = -1;
  }

  /** Returns the dedup window of a partition. */
  DedupWindow windowOf(int partition) {
    return recent.computeIfAbsent(
        partition, unknown -> new DedupWindow(dedupWindow.toMillis(), maxDedupIds));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> read, Collector<ViewRecord> out) {
    byte @Nullable [] bytes = read.value();
    ViewFields view = record.view();
    Optional<Violation> wrong = decoder.decode(bytes, view);
    if (wrong.isPresent()) {
      record.isLetter(
          Objects.requireNonNullElse(bytes, new byte[0]),
          DeadLetters.of(read, wrong.get().toString(), clock.millis()));
    } else if (isDuplicate(view, read.partition())) {
      repeats.inc();
      return;
    } else {
      record.isView(Objects.requireNonNull(bytes));
    }
    out.collect(record);
  }

  private boolean isDuplicate(ViewFields view, int partition) {
    TextSlice id = view.eventId();
    if (id.isEmpty()) {
      return false;
    }
    if (partition != currentPartition) {
      current = windowOf(partition);
      currentPartition = partition;
    }
    // Ids are unique per viewer only.
    return current.isDuplicate(id.hash64() ^ Hash64.spread(view.viewerId()), view.viewedAt());
  }

  @Override
  public TypeInformation<ViewRecord> getProducedType() {
    return new SerializedType<>(ViewRecord.class, new ViewRecordSerializer());
  }
}
