package dev.upswell.views.source;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.runtime.types.ProtobufSerializer;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Routes late views to a side output.
 *
 * <p>Runs before the shuffle and before the watermark reaches other subtasks. An hour that is open
 * here is open in every operator behind, unless this subtask was idle while the watermark advanced.
 *
 * <p>After a failure a source has no watermark until all its partitions have records, but hours
 * that were final before must stay final. So the last watermark is in state.
 */
final class LateViewOperator extends AbstractStreamOperator<ViewRecord>
    implements OneInputStreamOperator<ViewRecord, ViewRecord> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<LateEvent> LATE =
      new OutputTag<>("late-events", ProtobufSerializer.typeOf(LateEvent.class));
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", ProtobufSerializer.typeOf(DeadLetter.class));

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** State of each subtask: its last watermark, and 1 if it was idle. */
  private static final ListStateDescriptor<long[]> REACHED =
      new ListStateDescriptor<>("reached", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final String topic;
  private final long latenessMillis;

  private transient Counter deadLetters;
  private transient Counter late;
  private transient ListState<long[]> state;
  private transient long reached;
  private transient boolean idle;

  /**
   * Creates the operator.
   *
   * @param topic full name
   * @param lateness time after the end of a UTC hour during which its views still count
   */
  LateViewOperator(String topic, Duration lateness) {
    this.topic = topic;
    this.latenessMillis = lateness.toMillis();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    deadLetters = getMetricGroup().counter("deadLetters");
    late = getMetricGroup().counter("lateEvents");
    state = context.getOperatorStateStore().getUnionListState(REACHED);
    reached = context.isRestored() ? reachedByAll(state.get()) : Long.MIN_VALUE;
  }

  /** Returns the watermark behind all subtasks; idle ones are ignored. */
  private static long reachedByAll(Iterable<long[]> subtasks) {
    long least = Long.MAX_VALUE;
    long mostOfIdle = Long.MIN_VALUE;
    for (long[] subtask : subtasks) {
      if (subtask[1] == 0) {
        least = Math.min(least, subtask[0]);
      } else {
        mostOfIdle = Math.max(mostOfIdle, subtask[0]);
      }
    }
    return least == Long.MAX_VALUE ? mostOfIdle : least;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(new long[] {reached, idle ? 1 : 0}));
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    reached = Math.max(reached, watermark.getTimestamp());
    super.processWatermark(watermark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    idle = status.isIdle();
    super.processWatermarkStatus(status);
  }

  @Override
  public void processElement(StreamRecord<ViewRecord> element) {
    ViewRecord record = element.getValue();
    if (record.deadLetter().isPresent()) {
      deadLetters.inc();
      output.collect(DEAD_LETTERS, new StreamRecord<>(record.deadLetter().get()));
      return;
    }
    long viewedAt = record.view().viewedAt();
    // Most views are not that old, and need no division.
    if (viewedAt + latenessMillis <= reached) {
      long closed = viewedAt - viewedAt % HOUR + HOUR + latenessMillis - 1;
      if (closed <= reached) {
        late.inc();
        output.collect(LATE, new StreamRecord<>(lateEvent(record, reached - closed)));
        record.cameAfterClosing();
        if (viewedAt / MINUTE <= (reached + 1) / MINUTE - 1 - HOUR / MINUTE) {
          return;
        }
      }
    }
    output.collect(element);
  }

  private LateEvent lateEvent(ViewRecord record, long lateBy) {
    return LateEvent.newBuilder()
        .setTopic(topic)
        .setRaw(ByteString.copyFrom(record.raw()))
        .setLateByMs(lateBy)
        .setAt(Timestamps.fromMillis(reached))
        .setKey(Long.toString(record.view().viewerId()))
        .build();
  }
}
