package dev.upswell.redis.tracking;

/**
 * What a server tells of the keys that were read by one connection, as long as that lasts: of each
 * that it has changed. Thread-safe.
 *
 * <p>Server and connection keep everything in order. So when a question is answered that was asked
 * at some moment, whatever changed before that moment has been told.
 */
public final class TrackingSession {
  private volatile boolean ended;
  private volatile long toldAsOf;

  TrackingSession(long toldAsOf) {
    this.toldAsOf = toldAsOf;
  }

  /**
   * Whether all changes have been told that were made before a moment. Whoever keeps what the
   * listener was told has to look at that afterwards.
   *
   * @param nanos by {@link System#nanoTime}
   * @return never true again once the connection is lost
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
