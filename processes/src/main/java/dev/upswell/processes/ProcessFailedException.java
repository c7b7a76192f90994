package dev.upswell.processes;

/** A child process could not be started, ended too early or does not answer. */
public final class ProcessFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProcessFailedException(String message) {
    super(message);
  }

  ProcessFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
