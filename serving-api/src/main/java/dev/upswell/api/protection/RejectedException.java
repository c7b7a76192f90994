package dev.upswell.api.protection;

/** There was no room for a request, or no time; the same request may succeed later. */
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int retryAfterSeconds;

  /** Why a request was not carried out. */
  public enum Reason {
    /** Too many wait already. */
    QUEUE_FULL("Too many requests wait already."),
    /** The maximum time in the queue has passed. */
    WAITED_TOO_LONG("There were too many requests for this one's turn to come in time."),
    /** The timeout of the read has passed. */
    NOT_IN_TIME("The store did not answer in time."),
    /** The circuit breaker is open. */
    STORE_LEFT_ALONE("The store does not answer.");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** For a person. */
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

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Returns the time after which to retry, in seconds; at least 1. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
