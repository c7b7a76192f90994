package dev.upswell.feeds.store;

/**
 * Request of an outbox page.
 *
 * @param below only videos with smaller ids; {@link Long#MAX_VALUE} for the newest
 * @param rank number of its videos that are not smaller; negative if unknown
 * @param count maximum videos; positive
 */
public record OutboxRequest(long creatorId, long below, int rank, int count) {
  private static final int UNKNOWN = -1;

  /** Requests the newest videos. */
  public static OutboxRequest newest(long creatorId, int count) {
    return new OutboxRequest(creatorId, Long.MAX_VALUE, 0, count);
  }

  /** Requests the videos below an id. */
  public static OutboxRequest below(long creatorId, long below, int count) {
    return new OutboxRequest(creatorId, below, UNKNOWN, count);
  }

  /**
   * Requests more videos below those of a page.
   *
   * @param answer page that is not exhausted
   */
  public OutboxRequest deeper(OutboxPage answer, int more) {
    long[] ids = answer.videoIds();
    // If all that stood there had been read, so much was published meanwhile.
    int passed = ids.length == 0 ? count : ids.length;
    long oldest = ids.length == 0 ? below : ids[ids.length - 1];
    return new OutboxRequest(creatorId, oldest, isRanked() ? rank + passed : UNKNOWN, more);
  }

  /**
   * Returns whether the page can be read by rank. Videos published in between come before it, so
   * ids not below the limit must be dropped, and the page may be shorter.
   */
  public boolean isRanked() {
    return rank >= 0;
  }
}
