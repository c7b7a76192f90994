package dev.upswell.feeds.viewer;

import dev.upswell.feeds.pull.PullState;

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

  /** Whether the viewer follows too many to be pushed to. */
  PullState pull();

  /** Replaces {@link #pull}. */
  void pull(PullState pull);

  /**
   * What the viewer and another have said of each other; {@link RelationshipState#NONE} if nothing.
   */
  RelationshipState bond(long other);

  /** Replaces {@link #bond}. */
  void bond(long other, RelationshipState bond);
}
