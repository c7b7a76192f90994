package dev.upswell.views.source;

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
 * Makes a view of a record, or a dead letter; leaves out views that came again.
 *
 * <p>What was seen lately belongs to the partition and not to the subtask: {@link ViewReader} keeps
 * it with the offset.
 */
final class ViewDeserializer implements KafkaRecordDeserializationSchema<ViewRecord> {
  private static final long serialVersionUID = 1L;

  private final Duration repeatWindow;
  private final int recentIds;

  private transient InstantSource clock;
  private transient ViewRecord record;
  private transient ViewDecoder decoder;
  private transient Map<Integer, DedupWindow> recent;

  /** Of the partition that was read last: records come in batches of one. */
  private transient DedupWindow current;

  private transient int currentPartition;
  private transient Counter repeats;

  ViewDeserializer(Duration repeatWindow, int recentIds) {
    this.repeatWindow = repeatWindow;
    this.recentIds = recentIds;
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

  /** What was seen lately in a partition. */
  DedupWindow recentOf(int partition) {
    return recent.computeIfAbsent(
        partition, unknown -> new DedupWindow(repeatWindow.toMillis(), recentIds));
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
    } else if (isRepeat(view, read.partition())) {
      repeats.inc();
      return;
    } else {
      record.isView(Objects.requireNonNull(bytes));
    }
    out.collect(record);
  }

  private boolean isRepeat(ViewFields view, int partition) {
    TextSlice id = view.eventId();
    if (id.isEmpty()) {
      return false;
    }
    if (partition != currentPartition) {
      current = recentOf(partition);
      currentPartition = partition;
    }
    // An id is the viewer's own: two viewers may number theirs alike.
    return current.isRepeat(id.hash64() ^ (view.viewerId() * 0x9E3779B97F4A7C15L), view.viewedAt());
  }

  @Override
  public TypeInformation<ViewRecord> getProducedType() {
    return new SerializedType<>(ViewRecord.class, new ViewRecordSerializer());
  }
}
