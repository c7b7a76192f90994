package dev.upswell.local.stack;

/** The system cannot be started. The message says why, for the user. */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
