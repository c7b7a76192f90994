package dev.upswell.local.feed;

import dev.upswell.local.events.PacedLoop;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Opens feeds at a rate and measures the latency. Thread-safe. */
public final class FeedReaders implements AutoCloseable {
  private static final int PAGE = 20;
  private static final int MAX_IN_FLIGHT = 128;
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final FeedClient client;
  private final LongSupplier nextUser;
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
  private final Recorder latencies = new Recorder(LONGEST_MICROS, 3);
  private final AtomicLong failed = new AtomicLong();
  private final PacedLoop loop;

  /**
   * Starts reading.
   *
   * @param perSecond feeds per second, 0 or more
   * @param nextUser user of the next read; 0 for none
   */
  public FeedReaders(FeedClient client, DoubleSupplier perSecond, LongSupplier nextUser) {
    this.client = client;
    this.nextUser = nextUser;
    this.loop = new PacedLoop("feed-readers", perSecond, this::read);
  }

  /** Returns latencies in microseconds of the feeds that were read since the last call. */
  public Histogram takeLatencies() {
    return latencies.getIntervalHistogram();
  }

  /** Returns the number of requests since the start that returned no feed. */
  public long failed() {
    return failed.get();
  }

  /** Stops reading. */
  @Override
  public void close() {
    loop.close();
  }

  private void read() {
    long user = nextUser.getAsLong();
    if (user == 0) {
      return;
    }
    // A real app sends no second request while one is pending.
    if (!inFlight.tryAcquire()) {
      failed.incrementAndGet();
      return;
    }
    long start = System.nanoTime();
    var unused =
        client
            .page(user, PAGE, Optional.empty())
            .whenComplete(
                (page, failure) -> {
                  inFlight.release();
                  if (failure == null) {
                    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
                    latencies.recordValue(Math.min(micros, LONGEST_MICROS));
                  } else {
                    failed.incrementAndGet();
                  }
                });
  }
}
