package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.output.CommandOutput;
import java.util.Optional;

/**
 * Future reply of one command, readable after its pipeline has completed.
 *
 * @param <T> type of the reply
 */
public final class RedisReply<T> {
  private final CommandOutput<byte[], byte[], T> output;

  RedisReply(CommandOutput<byte[], byte[], T> output) {
    this.output = output;
  }

  /**
   * The answer.
   *
   * @throws RedisUnavailableException if Redis answered with an error
   */
  public T get() {
    if (output.hasError()) {
      throw new RedisUnavailableException("Redis rejected a command: " + output.getError());
    }
    return output.get();
  }

  /**
   * The answer, if there is one.
   *
   * @throws RedisUnavailableException if Redis answered with an error
   */
  public Optional<T> found() {
    return Optional.ofNullable(get());
  }
}
