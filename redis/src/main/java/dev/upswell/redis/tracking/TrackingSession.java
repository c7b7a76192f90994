package dev.upswell.redis.tracking;

/**
 * Tracking of the keys that one connection has read, until the connection is lost. Thread-safe.
 *
 * <p>Server and connection keep everything in order. So when a ping is answered, all invalidations
 * of changes before it have been received.
 */
public final class TrackingSession {
  private volatile boolean ended;
  private volatile long toldAsOf;

  TrackingSession(long toldAsOf) {
    this.toldAsOf = toldAsOf;
  }

  /**
   * Returns whether all invalidations of changes before a time have been received. Callers check
   * their stored invalidations after this.
   *
   * @param nanos of {@link System#nanoTime}
   * @return never true again after the connection is lost
   */
  public boolean hasToldAsOf(long nanos) {
    return !ended && toldAsOf - nanos >= 0;
  }

  void toldAsOf(long nanos) {
    toldAsOf = nanos;
  }

  void end() {
    ended = true;
  }
}
