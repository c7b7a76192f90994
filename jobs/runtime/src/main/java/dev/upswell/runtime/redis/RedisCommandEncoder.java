package dev.upswell.runtime.redis;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import java.io.Serializable;

/**
 * Encodes elements as commands. Every command must be repeatable.
 *
 * @param <T> element
 */
@FunctionalInterface
public interface RedisCommandEncoder<T> extends Serializable {
  /**
   * Adds the commands of an element to a pipeline.
   *
   * @return the action after their replies
   */
  AfterWrite add(T element, Pipeline batch);

  /** Called once an element's commands have their replies, in the subtask's thread. */
  @FunctionalInterface
  interface AfterWrite {
    /** Nothing is to be done. */
    AfterWrite NOTHING = redis -> {};

    /**
     * Reads the replies and may send further commands without waiting for them.
     *
     * @param redis the connection
     */
    void written(RedisConnection redis);
  }
}
