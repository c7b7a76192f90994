package dev.upswell.popularity.trending;

/**
 * Increments of a video in a slot.
 *
 * @param slot slot in which it counts
 * @param age slots between the engagement and {@code slot}: engagement and reports count with the
 *     decay of this time. Not 0 for late counts, and for a like that is withdrawn, which takes back
 *     what is left of it
 * @param origin {@link ScopeKey} of the events; {@link ScopeKey#GLOBAL} without an origin
 * @param weight weight of views, capped per viewer
 * @param views number of views
 * @param viewers viewers with no counted view of the video in the hour before
 * @param engagement weight of likes, comments and shares; negative if more was withdrawn
 * @param reports weight of reports and of NOT_INTERESTED
 */
public record TrendCount(
    long videoId,
    int slot,
    int age,
    int origin,
    int weight,
    int views,
    int viewers,
    int engagement,
    int reports) {
  /**
   * Slots after which a viewer counts as one. Within a minute repeated plays can be distinguished
   * from distinct viewers; at first each viewer is new to the video.
   */
  public static final int VIEWERS_AFTER = 6;

  /** Returns the part that counts in its slot. */
  public TrendCount withoutViewers() {
    return viewers == 0
        ? this
        : new TrendCount(videoId, slot, age, origin, weight, views, 0, engagement, reports);
  }

  /** Returns the part that counts {@link #VIEWERS_AFTER} slots later. */
  public TrendCount viewersOnly() {
    return new TrendCount(videoId, slot + VIEWERS_AFTER, 0, origin, 0, 0, viewers, 0, 0);
  }

  /**
   * Returns the same count in a later slot, with engagement of a greater age.
   *
   * @param later slot, not before that of this count
   */
  public TrendCount in(int later) {
    return later == slot
        ? this
        : new TrendCount(
            videoId,
            later,
            age + later - slot,
            origin,
            weight,
            views,
            viewers,
            engagement,
            reports);
  }
}
