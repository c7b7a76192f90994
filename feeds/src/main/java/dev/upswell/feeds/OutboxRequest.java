package dev.upswell.feeds;

/**
 * Asks for a part of an outbox.
 *
 * @param below only videos with smaller ids; {@link Long#MAX_VALUE} for the newest
 * @param count how many at most; positive
 */
public record OutboxRequest(long creatorId, long below, int count) {
  /** Whether it asks for the newest. */
  public boolean fromTop() {
    return below == Long.MAX_VALUE;
  }
}
