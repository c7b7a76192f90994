package dev.upswell.feeds.video;

/** Ids of the videos of one creator that followers may see. */
public interface OutboxState {
  /** Returns the newest ids, ascending; never changed in place. */
  long[] newest();

  /** Replaces {@link #newest}. */
  void newest(long[] ids);

  /** Returns the number of videos that are older than all of {@link #newest}. */
  long older();

  /** Replaces {@link #older}. */
  void older(long count);

  /**
   * Returns the greatest ids below a bound among all videos of the creator, ascending. Reads all of
   * them, and is called once per removal of as many videos as an outbox has entries.
   *
   * @param below exclusive
   * @param most maximum number of ids; positive
   */
  long[] greatestBelow(long below, int most);
}
