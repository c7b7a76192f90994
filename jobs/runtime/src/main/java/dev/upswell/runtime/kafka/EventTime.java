package dev.upswell.runtime.kafka;

import dev.upswell.runtime.JobOptions;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.RelativeClock;

/** Watermark strategies of the sources. */
public final class EventTime {
  /** Time of a record without event time, such as one that cannot be decoded. */
  public static final long NONE = Long.MIN_VALUE;

  private EventTime() {}

  /**
   * Extracts the event time of a record.
   *
   * @param <R> type of the record
   */
  @FunctionalInterface
  public interface Time<R> extends ToLongFunction<R>, Serializable {}

  /**
   * Returns the strategy of an event topic: bounded disorder per partition, and idle partitions.
   *
   * @param time event time in Unix milliseconds, or {@link #NONE}. A record without one neither
   *     advances the watermark nor keeps its partition active; otherwise a partition with invalid
   *     records only would hold back the watermark of the job
   */
  public static <R> WatermarkStrategy<R> of(JobOptions options, Time<R> time) {
    Duration maxOutOfOrder = options.maxOutOfOrder();
    Duration idleAfter = options.idleAfter();
    WatermarkStrategy<R> strategy =
        WatermarkStrategy.forGenerator(
            context -> timed(maxOutOfOrder, idleAfter, context.getInputActivityClock()));
    return strategy.withTimestampAssigner((record, kafkaTime) -> time.applyAsLong(record));
  }

  /** Creates the generator of an event topic. Separate from the strategy for tests. */
  static <R> WatermarkGenerator<R> timed(
      Duration maxOutOfOrder, Duration idleAfter, RelativeClock clock) {
    return new TimedRecords<>(
        new WatermarksWithIdleness<>(
            new BoundedOutOfOrdernessWatermarks<>(maxOutOfOrder), idleAfter, clock));
  }

  /** Returns the strategy of a topic without effect on the watermark. */
  public static <R> WatermarkStrategy<R> none() {
    WatermarkStrategy<R> strategy = WatermarkStrategy.forGenerator(context -> new AlwaysIdle<>());
    return strategy.withTimestampAssigner((record, kafkaTime) -> NONE);
  }

  /** Returns the strategy of a topic of metadata, see {@link CatchUpWatermarks}. */
  static <R> WatermarkStrategy<R> caughtUp() {
    WatermarkStrategy<R> strategy =
        WatermarkStrategy.forGenerator(context -> new CatchUpWatermarks<>(InstantSource.system()));
    return strategy.withTimestampAssigner((record, kafkaTime) -> kafkaTime);
  }

  /** Passes records with a time to another generator. */
  private record TimedRecords<R>(WatermarkGenerator<R> generator) implements WatermarkGenerator<R> {
    @Override
    public void onEvent(R record, long time, WatermarkOutput output) {
      if (time != NONE) {
        generator.onEvent(record, time, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      generator.onPeriodicEmit(output);
    }
  }

  /** Marks the stream as idle, and never emits a watermark. */
  private static final class AlwaysIdle<R> implements WatermarkGenerator<R> {
    @Override
    public void onEvent(R record, long time, WatermarkOutput output) {
      output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }
}
