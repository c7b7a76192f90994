package dev.upswell.local.feed;

/** The API answered a request for a feed with something else than a feed. */
public final class FeedRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  FeedRefusedException(String uri, int status, String body) {
    super("GET " + uri + ": " + status + " " + body);
    this.status = status;
  }

  /** Returns whether a retry may succeed soon. */
  boolean isPassing() {
    return status == 429 || status == 503;
  }
}
