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
    /** It waited for its turn as long as it may. */
    WAITED_TOO_LONG("There were too many requests for this one's turn to come in time."),
    /** Its turn came, and the answer did not. */
    NOT_IN_TIME("The store did not answer in time."),
    /** The store failed so often that nobody asks it for a while. */
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
    // It is an answer and no failure: nobody looks at where it was thrown.
    super(reason.text, null, false, false);
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** When to try again, in seconds; at least 1. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
