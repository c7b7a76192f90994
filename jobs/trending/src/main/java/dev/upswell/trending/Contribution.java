package dev.upswell.trending;

/**
 * Contribution of one event to a video, after the caps.
 *
 * <p>One object is reused for all events of a subtask. It is valid until the receiving operator
 * returns.
 */
final class Contribution {
  long videoId;
  int slot;

  /** Slots since the engagement that this one changes; 0 for all others. */
  int age;

  int origin;
  int weight;
  int views;
  int viewers;
  int engagement;
  int reports;

  /** Resets the object for an event, with all figures 0. */
  void of(long video, int inSlot, int from) {
    videoId = video;
    slot = inSlot;
    age = 0;
    origin = from;
    weight = 0;
    views = 0;
    viewers = 0;
    engagement = 0;
    reports = 0;
  }
}
