package dev.upswell.api.protection;

/** There was no room for a request, or no time; the same request may succeed later. */
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int retryAfterSeconds;

  /** Reason of the rejection. */
  public enum Reason {
    /** The queue is full. */
    QUEUE_FULL("Too many requests are waiting."),
    /** The maximum time in the queue has passed. */
    WAIT_TIMEOUT("Timeout of the wait for a free slot."),
    /** The timeout of the read has passed. */
    STORE_TIMEOUT("Timeout of the store."),
    /** The circuit breaker is open. */
    BREAKER_OPEN("The store is unavailable.");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** Returns the reason for a person. */
    public String text() {
      return text;
    }
  }

  RejectedException(Reason reason, int retryAfterSeconds) {
    // Without stack trace, because it is a response.
    super(reason.text, null, false, false);
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Returns the reason. */
  public Reason reason() {
    return reason;
  }

  /** Returns the time after which to retry, in seconds; at least 1. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
