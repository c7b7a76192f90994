package dev.upswell.runtime.kafka;

import java.time.Duration;
import java.time.InstantSource;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermarks of a partition of facts, such as videos, that other streams are joined with.
 *
 * <p>Facts do not tell the time: an import of old videos must not stop it. But what is decided at
 * the end of a minute needs the facts of before. So the partition holds back the watermark until it
 * has read what was there at the start of the job, and is idle from then on. It has read that when
 * a record is newer than the start, by its time in Kafka, or when none came for a while.
 */
final class CatchUpWatermarks<T> implements WatermarkGenerator<T> {
  /**
   * Emits in a row without a record: five seconds with Flink's interval of 200 ms. Not measured by
   * the clock, because no record comes either while a slow operator blocks the source.
   */
  private static final int QUIET_EMITS = 25;

  /** Records copied from another cluster may keep their old times in Kafka permanently. */
  private static final long MAX_HOLD_MILLIS = Duration.ofMinutes(10).toMillis();

  private final InstantSource clock;
  private final long startedAt;
  private int quietEmits;
  private boolean caughtUp;

  CatchUpWatermarks(InstantSource clock) {
    this.clock = clock;
    this.startedAt = clock.millis();
  }

  /** Counts a record; its time is the one in Kafka. */
  @Override
  public void onEvent(T event, long kafkaTime, WatermarkOutput output) {
    quietEmits = 0;
    caughtUp |= kafkaTime >= startedAt;
    if (caughtUp) {
      output.markIdle();
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    quietEmits++;
    caughtUp |= quietEmits >= QUIET_EMITS || clock.millis() - startedAt >= MAX_HOLD_MILLIS;
    if (caughtUp) {
      output.markIdle();
    }
  }
}
