package dev.upswell.views.combine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CombinerOperatorTest {
  private static final int MOST = 3;
  private static final int MOST_SUBTASKS = 8;

  private OneInputStreamOperatorTestHarness<String, String> harness;
  private long checkpoints;

  /** Counts words; a sum is {@code word=count}. */
  private static final class Words implements Combiner<String, String> {
    private final Map<String, Integer> counts = new TreeMap<>();

    @Override
    public void add(String word) {
      counts.merge(word, 1, Integer::sum);
    }

    @Override
    public boolean isFull() {
      return counts.size() >= MOST;
    }

    @Override
    public void forEach(Consumer<String> into) {
      counts.forEach((word, count) -> into.accept(word + "=" + count));
    }

    @Override
    public void clear() {
      counts.clear();
    }
  }

  /** Sums as lines. */
  private static final class Lines implements StateFormat<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] pack(List<String> combinedRecords) {
      return String.join("\n", combinedRecords).getBytes(UTF_8);
    }

    @Override
    public void unpack(byte[] packed, Consumer<String> into) {
      new String(packed, UTF_8).lines().forEach(into);
    }
  }

  @BeforeEach
  void open() throws Exception {
    harness = subtask(0, 1);
    harness.open();
  }

  private static OneInputStreamOperatorTestHarness<String, String> subtask(int index, int of)
      throws Exception {
    OneInputStreamOperatorTestHarness<String, String> subtask =
        new OneInputStreamOperatorTestHarness<>(
            new CombinerOperator<String, String>(Duration.ofMinutes(1), Words::new, new Lines()),
            MOST_SUBTASKS,
            of,
            index);
    subtask.setup(StringSerializer.INSTANCE);
    return subtask;
  }

  /** Stops the operator like a crash, and restores the snapshot. */
  private void restore(OperatorSubtaskState saved) throws Exception {
    harness.close();
    harness = subtask(0, 1);
    harness.initializeState(saved);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void see(String... words) throws Exception {
    for (String word : words) {
      harness.processElement(new StreamRecord<>(word, 1));
    }
  }

  /** Returns the output as text: sums, watermarks and idleness. */
  private List<String> out() {
    List<String> all = new ArrayList<>();
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        all.add((String) record.getValue());
      } else if (element instanceof Watermark watermark) {
        all.add("to " + watermark.getTimestamp());
      } else if (element instanceof WatermarkStatus status) {
        all.add(status.isIdle() ? "idle" : "active");
      }
    }
    harness.getOutput().clear();
    return all;
  }

  @Test
  void watermarksAreEmittedInStepsAfterTheirSums() throws Exception {
    see("a", "b", "a");
    harness.processWatermark(59_998);
    assertThat(out())
        .as("the first step that is over is the one before")
        .containsExactly("a=2", "b=1", "to -1");
    see("a");
    harness.processWatermark(59_998);
    assertThat(out()).isEmpty();
    harness.processWatermark(59_999);
    assertThat(out()).containsExactly("a=1", "to 59999");
    see("b");
    harness.processWatermark(119_998);
    assertThat(out()).isEmpty();
    harness.processWatermark(300_007);
    assertThat(out()).containsExactly("b=1", "to 299999");
    harness.processWatermark(299_999);
    assertThat(out()).as("time never goes back").isEmpty();
    see("c");
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(out()).containsExactly("c=1", "to " + Long.MAX_VALUE);
  }

  @Test
  void sumsAreEmittedWhenTheTableIsFull() throws Exception {
    see("a", "b", "a");
    assertThat(out()).isEmpty();
    see("c");
    assertThat(out()).containsExactly("a=2", "b=1", "c=1");
    see("a");
    assertThat(out()).isEmpty();
  }

  @Test
  void sumsAreEmittedBeforeIdlenessAndAtTheEnd() throws Exception {
    see("a");
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(out()).containsExactly("a=1", "idle");
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    see("b");
    assertThat(out()).containsExactly("active");
    harness.endInput();
    harness.getOneInputOperator().finish();
    assertThat(out()).containsExactly("b=1");
  }

  @Test
  void checkpointsContainTheSumsAndEmitNothing() throws Exception {
    see("a", "b", "a");
    OperatorSubtaskState saved = save();
    assertThat(out()).isEmpty();
    see("b");
    harness.processWatermark(59_999);
    assertThat(out()).containsExactly("a=2", "b=2", "to 59999");

    restore(saved);
    see("b");
    assertThat(out()).as("what was saved waits for its step").isEmpty();
    OperatorSubtaskState again = save();
    harness.processWatermark(59_999);
    assertThat(out()).containsExactly("a=2", "b=1", "b=1", "to 59999");
    restore(save());
    harness.processWatermark(59_999);
    assertThat(out()).as("what was sent on is not kept").containsExactly("to 59999");

    restore(again);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(out()).containsExactly("a=2", "b=1", "b=1", "idle");
  }

  @Test
  void sumsAreRedistributedOnARescale() throws Exception {
    see("a", "b");
    OperatorSubtaskState one = save();
    List<String> found = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      harness.close();
      harness = subtask(index, 2);
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(one, one),
              MOST_SUBTASKS,
              2,
              2,
              index));
      harness.open();
      harness.processWatermark(59_999);
      found.addAll(out());
    }
    assertThat(found).containsExactly("a=1", "b=1", "to 59999", "a=1", "b=1", "to 59999");
  }

  private OperatorSubtaskState save() throws Exception {
    checkpoints++;
    harness.prepareSnapshotPreBarrier(checkpoints);
    return harness.snapshot(checkpoints, checkpoints);
  }

  @Test
  void everyElementCountsOnceInAnyOrderOfEvents() throws Exception {
    Random random = new Random(7);
    Map<String, Integer> seen = new TreeMap<>();
    Map<String, Integer> emitted = new TreeMap<>();
    List<String> combinedRecords = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 20_000; i++) {
      switch (random.nextInt(20)) {
        case 0 -> {
          combinedRecords.addAll(out());
          restore(save());
        }
        case 1 -> harness.processWatermarkStatus(WatermarkStatus.IDLE);
        case 2 -> harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
        case 3, 4 -> {
          time += random.nextInt(40_000);
          harness.processWatermark(time);
        }
        default -> {
          String word = Character.toString('a' + random.nextInt(5));
          seen.merge(word, 1, Integer::sum);
          see(word);
        }
      }
    }
    harness.getOneInputOperator().finish();
    combinedRecords.addAll(out());
    for (String sum : combinedRecords) {
      if (sum.contains("=")) {
        emitted.merge(sum.substring(0, 1), Integer.parseInt(sum.substring(2)), Integer::sum);
      }
    }
    assertThat(emitted).isEqualTo(seen);
  }
}
