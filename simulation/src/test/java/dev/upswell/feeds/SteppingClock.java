package dev.upswell.feeds;

import dev.upswell.feeds.page.FeedClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is moved, or jumps whenever it is looked at. */
public final class SteppingClock implements FeedClock {
  private final AtomicLong nanos = new AtomicLong(1);
  private volatile long jumpNanos;

  @Override
  public long millis() {
    return nanos.get() / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos.getAndAdd(jumpNanos);
  }

  public void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** From now on it moves by so much after each look. */
  void jump(Duration duration) {
    jumpNanos = duration.toNanos();
  }
}
