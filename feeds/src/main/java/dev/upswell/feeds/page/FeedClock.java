package dev.upswell.feeds.page;

/** What time a reader thinks it is. Thread-safe. */
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

  /** Unix milliseconds, for others to read. */
  long millis();

  /** Nanoseconds since some moment, never stepping back: for measuring how long something takes. */
  long nanos();
}
