package dev.upswell.redis.tracking;

import dev.upswell.redis.pipeline.Pipeline;
import java.nio.ByteBuffer;

/** Receives invalidations. */
@FunctionalInterface
public interface InvalidationListener {
  /**
   * Receives the invalidation of a key that was read with {@link Pipeline#tracked}: it was written,
   * expired, evicted, or removed from the tracking table. Called once per read, in the thread of
   * the connection that read it.
   *
   * @param tracking session of the connection
   * @param key from its position to its limit
   */
  void changed(TrackingSession tracking, ByteBuffer key);
}
