package dev.upswell.feeds;

/**
 * What a reader wants.
 *
 * @param limit most videos on the page; positive
 * @param below only videos with smaller ids; {@link Long#MAX_VALUE} for the first page
 * @param refresh whether a feed that was kept since a while ago is not good enough for the first
 *     page
 */
public record FeedRequest(long userId, int limit, long below, boolean refresh) {
  /** Whether it is the first page. */
  public boolean isFirst() {
    return below == Long.MAX_VALUE;
  }

  /** The first page, as it is. */
  public static FeedRequest first(long userId, int limit) {
    return new FeedRequest(userId, limit, Long.MAX_VALUE, false);
  }
}
