package dev.upswell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class EventTimeTest {
  private static final Duration IDLE_AFTER = Duration.ofSeconds(30);

  private final ManualClock clock = new ManualClock();
  private final Recorded output = new Recorded();
  private final WatermarkGenerator<String> generator =
      EventTime.timed(Duration.ofMillis(9), IDLE_AFTER, clock);

  private static final class Recorded implements WatermarkOutput {
    final List<Object> events = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      events.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      events.add("idle");
    }

    @Override
    public void markActive() {
      events.add("active");
    }
  }

  private Object afterwards() {
    generator.onPeriodicEmit(output);
    return output.events.get(output.events.size() - 1);
  }

  /** Sends records for two minutes, and returns what the generator emits at the end. */
  private Object send(long time) {
    for (int second = 0; second < 120; second++) {
      clock.advanceTime(Duration.ofSeconds(1));
      generator.onEvent("record", time, output);
      generator.onPeriodicEmit(output);
    }
    return afterwards();
  }

  @Test
  void recordsWithATimeKeepAPartitionActive() {
    assertThat(send(1_000)).isEqualTo(990L);
  }

  @Test
  void recordsWithoutATimeNeitherHoldNorAdvanceTime() {
    generator.onEvent("record", 1_000, output);
    assertThat(afterwards()).isEqualTo(990L);
    assertThat(send(EventTime.NONE)).isEqualTo("idle");
    generator.onEvent("record", 2_000, output);
    assertThat(afterwards()).isEqualTo(1_990L);
  }
}
