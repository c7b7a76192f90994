package dev.upswell.feeds.audience;

/** What is remembered of one viewer, wherever it is kept. */
public interface ViewerState {
  /** Whom the viewer follows, ascending; never changed in place. */
  long[] followees();

  /** Replaces {@link #followees}. */
  void followees(long[] followees);

  /** Time of the newest session in Unix milliseconds; 0 for none. */
  long lastSeen();

  /** Replaces {@link #lastSeen}. */
  void lastSeen(long at);

  /** Whether the audiences have this viewer. */
  boolean active();

  /** Replaces {@link #active}. */
  void active(boolean active);

  /** Epoch of the newest following that was written; 0 for none. */
  long epoch();

  /** Replaces {@link #epoch}. */
  void epoch(long epoch);

  /** Whether there is a block, in the direction that the mark says. */
  boolean blocked(long other, BlockMark mark);

  /** Sets or lifts a block. */
  void blocked(long other, BlockMark mark, boolean blocked);

  /** Direction of a block. */
  enum BlockMark {
    /** The viewer blocks the other. */
    OWN,
    /** The other blocks the viewer. */
    OTHERS
  }
}
