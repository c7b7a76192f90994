package dev.upswell.views.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.LateEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hours are final ten minutes after their end, to the millisecond. */
class LateViewOperatorTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long LATENESS = 10 * MINUTE;
  private static final int MAX_PARALLELISM = 4;

  /** The start of an hour. */
  private static final long START = 494_444 * HOUR;

  /** The watermark at which the hour is final. */
  private static final long CLOSED = START + HOUR + LATENESS - 1;

  private OneInputStreamOperatorTestHarness<ViewRecord, ViewRecord> gate;

  @BeforeEach
  void open() throws Exception {
    gate = harness(1, 0);
    gate.open();
  }

  @AfterEach
  void close() throws Exception {
    gate.close();
  }

  private static OneInputStreamOperatorTestHarness<ViewRecord, ViewRecord> harness(
      int parallelism, int subtask) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new LateViewOperator(Views.TOPIC, Duration.ofMillis(LATENESS)),
            MAX_PARALLELISM,
            parallelism,
            subtask);
    harness.setup(new ViewRecordSerializer());
    harness.getExecutionConfig().enableObjectReuse();
    return harness;
  }

  private void see(long viewedAt) throws Exception {
    see(Views.record(Views.view(1, viewedAt)));
  }

  private void see(ViewRecord record) throws Exception {
    gate.processElement(new StreamRecord<>(record));
  }

  /** When those that passed were seen; negative for those that came after closing. */
  private List<Long> passed() {
    List<Long> all = new ArrayList<>();
    for (ViewRecord record : gate.extractOutputValues()) {
      all.add((record.late() ? -1 : 1) * record.view().viewedAt());
    }
    gate.getOutput().clear();
    return all;
  }

  private <T> List<T> sideOutput(OutputTag<T> tag) {
    Queue<StreamRecord<T>> side = gate.getSideOutput(tag);
    if (side == null) {
      return List.of();
    }
    List<T> all = side.stream().map(StreamRecord::getValue).toList();
    side.clear();
    return all;
  }

  @Test
  void viewsAreOnTimeUntilTheirHourIsFinal() throws Exception {
    long last = START + HOUR - 1;
    see(START);
    gate.processWatermark(CLOSED - 1);
    see(START);
    see(last);
    assertThat(passed()).containsExactly(START, START, last);
    assertThat(sideOutput(LateViewOperator.LATE)).isEmpty();

    gate.processWatermark(CLOSED);
    see(last);
    see(last + 1);
    assertThat(passed()).containsExactly(-last, last + 1);
    assertThat(sideOutput(LateViewOperator.LATE))
        .containsExactly(
            LateEvent.newBuilder()
                .setTopic(Views.TOPIC)
                .setRaw(Views.view(1, last).toByteString())
                .setLateByMs(0)
                .setAt(Timestamps.fromMillis(CLOSED))
                .setKey("1")
                .build());
  }

  @Test
  void lateViewsInTheRollingHourAreEmitted() throws Exception {
    // The minute that ends with this watermark is 10:09 of the next hour; its hour began at 9:10.
    gate.processWatermark(CLOSED);
    long first = START + LATENESS;
    see(first);
    see(first - 1);
    assertThat(passed()).containsExactly(-first);
    assertThat(sideOutput(LateViewOperator.LATE)).hasSize(2);

    // A minute is over with its last millisecond, and not before.
    gate.processWatermark(CLOSED + MINUTE - 1);
    see(first);
    assertThat(passed()).containsExactly(-first);
    gate.processWatermark(CLOSED + MINUTE);
    see(first);
    see(first + MINUTE);
    assertThat(passed()).containsExactly(-first - MINUTE);
    assertThat(sideOutput(LateViewOperator.LATE))
        .extracting(LateEvent::getLateByMs)
        .containsExactly(MINUTE - 1, MINUTE, MINUTE);
  }

  @Test
  void invalidRecordsAreDeadLettersAndNeverLate() throws Exception {
    gate.processWatermark(CLOSED);
    ViewRecord record = new ViewRecord();
    DeadLetter letter = DeadLetter.newBuilder().setReason("viewerId: x").build();
    record.isLetter(new byte[] {1}, letter);
    see(record);
    assertThat(passed()).isEmpty();
    assertThat(sideOutput(LateViewOperator.LATE)).isEmpty();
    assertThat(sideOutput(LateViewOperator.DEAD_LETTERS)).containsExactly(letter);
  }

  @Test
  void noViewIsLateBeforeTheFirstWatermark() throws Exception {
    see(START - 10_000 * HOUR);
    assertThat(passed()).hasSize(1);
    assertThat(sideOutput(LateViewOperator.LATE)).isEmpty();
  }

  @Test
  void watermarksAndIdlenessAreForwarded() throws Exception {
    gate.processWatermark(CLOSED);
    gate.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(gate.getOutput()).containsExactly(new Watermark(CLOSED), WatermarkStatus.IDLE);
  }

  // ---- After a failure

  /** Snapshots of subtasks, each with its event time; negative for an idle one. */
  private static OperatorSubtaskState left(long... reached) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (int subtask = 0; subtask < reached.length; subtask++) {
      try (var harness = harness(reached.length, subtask)) {
        harness.open();
        if (reached[subtask] != 0) {
          harness.processWatermark(Math.abs(reached[subtask]));
        }
        if (reached[subtask] < 0) {
          harness.processWatermarkStatus(WatermarkStatus.IDLE);
        }
        states.add(harness.snapshot(1, 1));
      }
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  private void restore(long... reached) throws Exception {
    OperatorSubtaskState state = left(reached);
    gate.close();
    gate = harness(1, 0);
    gate.initializeState(
        AbstractStreamOperatorTestHarness.repartitionOperatorState(
            state, MAX_PARALLELISM, reached.length, 1, 0));
    gate.open();
  }

  @Test
  void finalHoursStayFinalAfterAFailure() throws Exception {
    restore(CLOSED);
    see(START);
    assertThat(passed()).isEmpty();
    assertThat(sideOutput(LateViewOperator.LATE)).hasSize(1);
    gate.processWatermark(START);
    see(START);
    assertThat(sideOutput(LateViewOperator.LATE)).as("time does not go back").hasSize(1);
    see(START + HOUR);
    assertThat(passed()).contains(START + HOUR);
  }

  @Test
  void watermarkAfterARescaleIgnoresIdleSubtasks() throws Exception {
    restore(CLOSED + HOUR, CLOSED);
    see(START + HOUR);
    assertThat(passed()).containsExactly(START + HOUR);
    restore(CLOSED + HOUR, -CLOSED);
    see(START + HOUR);
    assertThat(sideOutput(LateViewOperator.LATE)).hasSize(1);
    restore(-CLOSED - HOUR, -CLOSED);
    see(START + HOUR);
    assertThat(sideOutput(LateViewOperator.LATE)).hasSize(1);
    restore(CLOSED + HOUR, 0);
    see(START);
    assertThat(sideOutput(LateViewOperator.LATE)).as("one had read nothing yet").isEmpty();
  }
}
