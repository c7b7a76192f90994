package dev.upswell.runtime.redis;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import java.io.Serializable;

/**
 * Turns elements into commands. Every command must be one that may be repeated.
 *
 * @param <T> the element
 */
@FunctionalInterface
public interface RedisCommandEncoder<T> extends Serializable {
  /**
   * Adds an element's commands to a batch.
   *
   * @return what to do when they are answered
   */
  AfterWrite add(T element, Pipeline batch);

  /** Called once an element's commands have their replies, in the subtask's thread. */
  @FunctionalInterface
  interface AfterWrite {
    /** Nothing is to be done. */
    AfterWrite NOTHING = redis -> {};

    /**
     * May read the replies and send more that nobody has to wait for.
     *
     * @param redis the connection
     */
    void written(RedisConnection redis);
  }
}
