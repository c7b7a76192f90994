package dev.upswell.feeds.store;

/**
 * Asks for a part of an outbox.
 *
 * @param below only videos with smaller ids; {@link Long#MAX_VALUE} for the newest
 * @param rank how many of its videos are known not to be smaller; negative if that is not known
 * @param count how many at most; positive
 */
public record OutboxRequest(long creatorId, long below, int rank, int count) {
  private static final int UNKNOWN = -1;

  /** Asks for the newest. */
  public static OutboxRequest newest(long creatorId, int count) {
    return new OutboxRequest(creatorId, Long.MAX_VALUE, 0, count);
  }

  /** Asks for those below an id. */
  public static OutboxRequest below(long creatorId, long below, int count) {
    return new OutboxRequest(creatorId, below, UNKNOWN, count);
  }

  /**
   * Asks for more, of which there may be some below those that this one was answered with.
   *
   * @param answer not exhausted
   */
  public OutboxRequest deeper(OutboxPage answer, int more) {
    long[] ids = answer.videoIds();
    // If all that stood there had been read, so much was published meanwhile.
    int passed = ids.length == 0 ? count : ids.length;
    long oldest = ids.length == 0 ? below : ids[ids.length - 1];
    return new OutboxRequest(creatorId, oldest, isRanked() ? rank + passed : UNKNOWN, more);
  }

  /**
   * Whether they can be looked for by place. What was published meanwhile stands before them: so
   * what is not below the id has to be left out, and fewer than asked for may be left.
   */
  public boolean isRanked() {
    return rank >= 0;
  }
}
