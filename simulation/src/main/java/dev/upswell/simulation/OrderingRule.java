package dev.upswell.simulation;

/**
 * Rules that keep feeds exact. The simulation can disable each, to check that a history fails
 * without it.
 */
public enum OrderingRule {
  /** A video is sent to the audiences only after it is in the outbox. */
  OUTBOX_BEFORE_FAN_OUT,
  /** An older video enters a full outbox before a hidden one leaves it. */
  OUTBOX_ADDS_BEFORE_REMOVING,
  /** Hidden and removed videos leave the outbox, and older ones take their places. */
  HIDDEN_VIDEOS_TAKE_NO_PLACE,
  /** A reader reads the outboxes only after its marker is in the list. */
  MARKER_BEFORE_OUTBOXES,
  /** A reader reads the following again after its marker is in the list. */
  FOLLOWING_AFTER_MARKER,
  /** A list that ends in a marker is not served. */
  UNFINISHED_LISTS_ARE_BUILT_ANEW,
  /** A list is complete only down to its floor. */
  LISTS_HAVE_A_FLOOR,
  /** A cached list is recognized by its build number, not by its content. */
  LISTS_HAVE_A_BUILD_NUMBER,
  /** A push never creates a list. */
  PUSHES_CREATE_NO_FEED,
  /** A feed is kept only once all audiences have answered for the viewer. */
  WARM_WHEN_ALL_AUDIENCES_KNOW,
  /** The feed is dropped when an epoch becomes warm. */
  DROP_BEFORE_WARM,
  /** Edges go to the audiences only after the following was written. */
  FOLLOWING_BEFORE_EDGES,
  /** Epochs are not used again after a failure. */
  EPOCHS_ARE_DRAWN_ANEW,
  /** Pushes continue until readers see that a creator is pulled. */
  READERS_KNOW_BEFORE_PUSHES_STOP,
  /** Feeds are dropped before a creator is no longer pulled. */
  DROP_BEFORE_RELEASE,
  /** A creator is pulled for readers until a checkpoint has that the job pushes again. */
  RELEASE_AFTER_CHECKPOINT,
  /** A later tombstone wins, by event time. */
  PARTED_BY_TIME,
  /** A later record of a video wins, by event time. */
  VISIBLE_BY_TIME
}
