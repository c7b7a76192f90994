package dev.upswell.redis;

import java.nio.ByteBuffer;

/** Is told of keys that have changed. */
@FunctionalInterface
public interface KeyListener {
  /**
   * A key that was read with {@link RedisBatch#tracked} was written, has expired or was evicted
   * since; or the server has forgotten that it was read. Told once for each time it was read, in
   * the thread of the connection that it was read by.
   *
   * @param tracking that of the connection
   * @param key from its position to its limit
   */
  void changed(Tracking tracking, ByteBuffer key);
}
