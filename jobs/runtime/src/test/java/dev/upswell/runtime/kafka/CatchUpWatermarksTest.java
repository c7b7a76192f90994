package dev.upswell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class CatchUpWatermarksTest {
  private static final long START = 1_795_370_400_000L;
  private static final int EMITS_OF_FIVE_SECONDS = 25;

  private long now = START;
  private final CatchUpWatermarks<String> watermarks =
      new CatchUpWatermarks<>(() -> Instant.ofEpochMilli(now));
  private final Output output = new Output();

  private static final class Output implements WatermarkOutput {
    private boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new AssertionError("facts do not tell the time: " + watermark);
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }

  private void read(long kafkaTime) {
    watermarks.onEvent("video", kafkaTime, output);
  }

  private void emit(int times) {
    for (int i = 0; i < times; i++) {
      watermarks.onPeriodicEmit(output);
    }
  }

  @Test
  void recordsOfBeforeTheStartHoldBackTime() {
    for (int i = 0; i < 100; i++) {
      read(START - 1);
      emit(EMITS_OF_FIVE_SECONDS - 1);
    }

    assertThat(output.idle).isFalse();
  }

  @Test
  void recordOfAfterTheStartHoldsBackTimeNoMore() {
    read(START);

    assertThat(output.idle).isTrue();
  }

  @Test
  void quietPartitionHoldsBackTimeNoMore() {
    emit(EMITS_OF_FIVE_SECONDS);

    assertThat(output.idle).isTrue();
  }

  @Test
  void importOfOldRecordsAfterwardsDoesNotHoldBackTime() {
    emit(EMITS_OF_FIVE_SECONDS);

    read(START - 1);

    assertThat(output.idle).isTrue();
  }

  @Test
  void recordsWithOldTimesHoldBackTimeForTenMinutesAtMost() {
    now = START + 10 * 60_000;
    read(START - 1);
    emit(1);

    assertThat(output.idle).isTrue();
  }
}
