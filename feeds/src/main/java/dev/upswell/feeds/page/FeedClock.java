package dev.upswell.feeds.page;

/** Clock of a reader. Thread-safe. */
public interface FeedClock {
  /** The clocks of this machine. */
  FeedClock SYSTEM =
      new FeedClock() {
        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** Returns Unix milliseconds, for timestamps that other processes read. */
  long millis();

  /** Returns monotonic nanoseconds, for durations. */
  long nanos();
}
