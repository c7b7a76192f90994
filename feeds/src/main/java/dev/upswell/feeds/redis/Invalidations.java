package dev.upswell.feeds.redis;

import dev.upswell.feeds.store.Freshness;
import dev.upswell.redis.tracking.TrackingSession;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who watches the keys of which id. One for each id: who comes later has it. Thread-safe. */
final class Invalidations {
  private final ConcurrentMap<Long, KeyWatch> byId = new ConcurrentHashMap<>();

  private final class KeyWatch implements Freshness {
    private final long id;
    private final TrackingSession tracking;
    private volatile boolean over;

    KeyWatch(long id, TrackingSession tracking) {
      this.id = id;
      this.tracking = tracking;
    }

    /** In this order: what changed until then has been told when the tracking says so. */
    @Override
    public boolean isFreshAt(long nanos) {
      return tracking.hasToldAsOf(nanos) && !over;
    }

    @Override
    public void end() {
      over = true;
      byId.remove(id, this);
    }
  }

  /**
   * Watches from before the keys are read, so that a change that is told before the answer counts.
   *
   * @param tracking of the connection that they are read by; nothing is watched without one
   */
  Freshness begin(long id, Optional<TrackingSession> tracking) {
    if (tracking.isEmpty()) {
      return Freshness.NONE;
    }
    KeyWatch watch = new KeyWatch(id, tracking.get());
    KeyWatch before = byId.put(id, watch);
    if (before != null) {
      before.over = true;
    }
    return watch;
  }

  /** A key of this id has changed since it was read by a connection. */
  void changed(TrackingSession tracking, long id) {
    KeyWatch watch = byId.get(id);
    // Read by another connection since, it is told by that one.
    if (watch != null && watch.tracking == tracking) {
      watch.end();
    }
  }

  /** How many there are. */
  int size() {
    return byId.size();
  }
}
