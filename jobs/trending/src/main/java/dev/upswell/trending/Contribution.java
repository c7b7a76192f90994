package dev.upswell.trending;

/**
 * Contribution of one event to a video, after the caps.
 *
 * <p>One object is reused for all events of a subtask. It is valid until the receiving operator
 * returns.
 */
final class Contribution {
  long creatorId;
  long videoId;
  int slot;
  int origin;
  int weight;
  int views;
  int viewers;
  int engagement;
  int reports;

  /** Resets the object for an event, with all figures 0. */
  void of(long creator, long video, int inSlot, int from) {
    creatorId = creator;
    videoId = video;
    slot = inSlot;
    origin = from;
    weight = 0;
    views = 0;
    viewers = 0;
    engagement = 0;
    reports = 0;
  }
}
