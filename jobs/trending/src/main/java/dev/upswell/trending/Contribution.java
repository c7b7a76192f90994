package dev.upswell.trending;

/**
 * What one event adds to a video, after the caps.
 *
 * <p>One object for all events of a subtask, filled again and again: valid until the operator that
 * it was given to returns.
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

  /** Of an event of a video, with nothing in it. */
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
