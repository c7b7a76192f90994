package dev.upswell.local.check;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongUnaryOperator;

/**
 * Clock that advances by hours during a checked run of minutes, so that hours become final. It is
 * in the past, because no view may be in the future. Some views are slightly out of order, by less
 * than the watermark delay of the jobs. Not thread-safe.
 */
public final class BackdatedClock implements LongUnaryOperator {
  /** Not whole hours, so that the last one has views and is not final. */
  static final Duration SPAN = Duration.ofMinutes(165);

  private static final long HOURS_AGO = 8;
  private static final int DISORDER_EVERY = 20;
  private static final long DISORDER = 9_000;

  private final long begin;
  private final long base;
  private final double speed;
  private long calls;

  /**
   * Begins now, at the start of a UTC hour.
   *
   * @param length in which the time passes its hours
   */
  public BackdatedClock(Instant now, Duration length) {
    this.begin = now.toEpochMilli();
    this.base = (begin / ViewLedger.HOUR - HOURS_AGO) * ViewLedger.HOUR;
    this.speed = (double) SPAN.toMillis() / length.toMillis();
  }

  @Override
  public long applyAsLong(long now) {
    long earlier = calls++ % DISORDER_EVERY == 0 ? calls * 1_009 % DISORDER : 0;
    return base + (long) ((now - begin) * speed) - earlier;
  }
}
