package dev.upswell.redis;

import io.lettuce.core.protocol.RedisCommand;

/** Redis rejected a write because it is out of memory. Reads still work. */
public final class RedisFullException extends RedisUnavailableException {
  private static final long serialVersionUID = 1L;

  /** Error text of Redis, also within the error of a script. */
  private static final String SAYS = "OOM command not allowed";

  private RedisFullException(String message) {
    super(message);
  }

  /** Returns the exception for an error reply. */
  public static RedisUnavailableException ofRefusal(RedisCommand<?, ?, ?> command) {
    String message = "Redis rejected " + command.getType() + ": " + command.getOutput().getError();
    return message.contains(SAYS)
        ? new RedisFullException(message)
        : new RedisUnavailableException(message);
  }
}
