package dev.upswell.redis;

/** Redis could not be reached, did not answer in time, or refused a command. Safe to try again. */
public sealed class RedisUnavailableException extends RuntimeException permits RedisFullException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the failed action as message. */
  public RedisUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Creates the exception with the failed action and its reason as message. */
  public RedisUnavailableException(String message) {
    super(message);
  }
}
