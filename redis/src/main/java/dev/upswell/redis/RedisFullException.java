package dev.upswell.redis;

import io.lettuce.core.protocol.RedisCommand;

/** Redis refused to write, because it has no memory left; it still answers what is only read. */
public final class RedisFullException extends RedisUnavailableException {
  private static final long serialVersionUID = 1L;

  /** As Redis says it, inside of what a script says too. */
  private static final String SAYS = "OOM command not allowed";

  private RedisFullException(String message) {
    super(message);
  }

  /** What it is that a command was answered with an error. */
  public static RedisUnavailableException ofRefusal(RedisCommand<?, ?, ?> command) {
    String message = "Redis refused " + command.getType() + ": " + command.getOutput().getError();
    return message.contains(SAYS)
        ? new RedisFullException(message)
        : new RedisUnavailableException(message);
  }
}
