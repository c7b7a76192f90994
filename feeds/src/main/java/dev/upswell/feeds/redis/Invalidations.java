package dev.upswell.feeds.redis;

import dev.upswell.feeds.store.Freshness;
import dev.upswell.redis.tracking.TrackingSession;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Freshness of tracked ids, one per id. A later read replaces it. Thread-safe. */
final class Invalidations {
  private final ConcurrentMap<Long, TrackedId> byId = new ConcurrentHashMap<>();

  private final class TrackedId implements Freshness {
    private final long id;
    private final TrackingSession tracking;
    private volatile boolean released;

    TrackedId(long id, TrackingSession tracking) {
      this.id = id;
      this.tracking = tracking;
    }

    /**
     * In this order: invalidations up to that time have been processed when the session confirms
     * it.
     */
    @Override
    public boolean isFreshAt(long nanos) {
      return tracking.isConfirmedAt(nanos) && !released;
    }

    @Override
    public void release() {
      released = true;
      byId.remove(id, this);
    }
  }

  /**
   * Starts tracking before the keys are read, so that an invalidation before the reply counts.
   *
   * @param tracking session of the connection that reads; without one nothing is tracked
   */
  Freshness track(long id, Optional<TrackingSession> tracking) {
    if (tracking.isEmpty()) {
      return Freshness.NONE;
    }
    TrackedId tracked = new TrackedId(id, tracking.get());
    TrackedId previous = byId.put(id, tracked);
    if (previous != null) {
      previous.released = true;
    }
    return tracked;
  }

  /** A key of this id has changed since it was read by a connection. */
  void changed(TrackingSession tracking, long id) {
    TrackedId tracked = byId.get(id);
    // After a read by another connection, that connection receives the invalidation.
    if (tracked != null && tracked.tracking == tracking) {
      tracked.release();
    }
  }

  /** Returns the number of tracked ids. */
  int size() {
    return byId.size();
  }
}
