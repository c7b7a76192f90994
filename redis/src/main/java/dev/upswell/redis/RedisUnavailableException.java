package dev.upswell.redis;

/** Redis could not be reached, did not answer in time, or refused a command. Safe to try again. */
public sealed class RedisUnavailableException extends RuntimeException permits RedisFullException {
  private static final long serialVersionUID = 1L;

  /** With a message that names what was tried and a cause that says why it failed. */
  public RedisUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With a message that names what was tried and why it failed. */
  public RedisUnavailableException(String message) {
    super(message);
  }
}
