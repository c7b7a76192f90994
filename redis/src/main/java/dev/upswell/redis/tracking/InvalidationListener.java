package dev.upswell.redis.tracking;

import dev.upswell.redis.pipeline.Pipeline;
import java.nio.ByteBuffer;

/** Is told of keys that have changed. */
@FunctionalInterface
public interface InvalidationListener {
  /**
   * A key that was read with {@link Pipeline#tracked} was written, has expired or was evicted
   * since; or the server has forgotten that it was read. Told once for each time it was read, in
   * the thread of the connection that it was read by.
   *
   * @param tracking that of the connection
   * @param key from its position to its limit
   */
  void changed(TrackingSession tracking, ByteBuffer key);
}
