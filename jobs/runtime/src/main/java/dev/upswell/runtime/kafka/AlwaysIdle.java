package dev.upswell.runtime.kafka;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Marks a stream as idle, so that it never holds back the watermark of operators that read others
 * as well.
 */
final class AlwaysIdle<T> implements WatermarkGenerator<T> {
  private AlwaysIdle() {}

  /** Returns the strategy of a stream that does not tell the time. */
  static <T> WatermarkStrategy<T> strategy() {
    return WatermarkStrategy.forGenerator(context -> new AlwaysIdle<T>());
  }

  @Override
  public void onEvent(T event, long time, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
