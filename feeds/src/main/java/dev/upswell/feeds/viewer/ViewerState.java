package dev.upswell.feeds.viewer;

import dev.upswell.feeds.pull.PullState;

/** State of one viewer. */
public interface ViewerState {
  /** Returns the followees, ascending; never changed in place. */
  long[] followees();

  /** Replaces {@link #followees}. */
  void followees(long[] followees);

  /** Returns the time of the newest session in Unix milliseconds; 0 for none. */
  long lastSeen();

  /** Replaces {@link #lastSeen}. */
  void lastSeen(long at);

  /** Returns whether the viewer is a member of audiences. */
  boolean active();

  /** Replaces {@link #active}. */
  void active(boolean active);

  /** Returns the epoch of the last written following; 0 for none. */
  long epoch();

  /** Replaces {@link #epoch}. */
  void epoch(long epoch);

  /** Returns whether the viewer is pulled. */
  PullState pull();

  /** Replaces {@link #pull}. */
  void pull(PullState pull);

  /** Returns the relationship to another user; {@link RelationshipState#NONE} without events. */
  RelationshipState relationship(long other);

  /** Replaces {@link #relationship}. */
  void relationship(long other, RelationshipState relationship);
}
