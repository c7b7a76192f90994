package dev.upswell.feeds.video;

/**
 * Change of an outbox in the store. Additions are written before removals, so that an outbox with
 * fewer than the maximum of entries is always complete.
 *
 * @param added ids to add
 * @param removed ids to remove
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of ids at most, never compared: no boxing.
public record OutboxChange(long[] added, long[] removed) {
  private static final long[] NO_IDS = new long[0];

  /** No change. */
  public static final OutboxChange NONE = new OutboxChange(NO_IDS, NO_IDS);

  /** Returns the addition of a video. */
  public static OutboxChange adding(long id) {
    return new OutboxChange(new long[] {id}, NO_IDS);
  }

  static OutboxChange removing(long id) {
    return new OutboxChange(NO_IDS, new long[] {id});
  }

  /** Returns the change with ids to add. */
  OutboxChange adding(long[] ids) {
    return new OutboxChange(ids, removed);
  }
}
