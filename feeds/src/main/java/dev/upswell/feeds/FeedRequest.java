package dev.upswell.feeds;

/**
 * Request of one page.
 *
 * @param limit maximum videos; positive
 * @param below only videos with smaller ids; {@link Long#MAX_VALUE} for the first page
 * @param refresh whether a snapshot is insufficient for the first page
 */
public record FeedRequest(long userId, int limit, long below, boolean refresh) {
  /** Returns whether this is the first page. */
  public boolean isFirst() {
    return below == Long.MAX_VALUE;
  }

  /** Requests the first page; a snapshot is sufficient. */
  public static FeedRequest first(long userId, int limit) {
    return new FeedRequest(userId, limit, Long.MAX_VALUE, false);
  }
}
