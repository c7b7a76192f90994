package dev.upswell.redis.tracking;

/**
 * Tracking of the keys that one connection has read, until the connection is lost. Thread-safe.
 *
 * <p>Server and connection keep everything in order. So when a ping is answered, all invalidations
 * of changes before it have been received.
 */
public final class TrackingSession {
  private volatile boolean ended;
  private volatile long confirmedAt;

  TrackingSession(long confirmedAt) {
    this.confirmedAt = confirmedAt;
  }

  /**
   * Returns whether all invalidations of changes before a time have been received. Callers check
   * their stored invalidations after this.
   *
   * @param nanos of {@link System#nanoTime}
   * @return never true again after the connection is lost
   */
  public boolean isConfirmedAt(long nanos) {
    return !ended && confirmedAt - nanos >= 0;
  }

  void confirmedAt(long nanos) {
    confirmedAt = nanos;
  }

  void end() {
    ended = true;
  }
}
