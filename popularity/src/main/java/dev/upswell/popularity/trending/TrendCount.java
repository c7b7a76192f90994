package dev.upswell.popularity.trending;

/**
 * Increments of a video in a slot.
 *
 * @param origin {@link ScopeKey} of the events; {@link ScopeKey#GLOBAL} without an origin
 * @param weight weight of views, capped per viewer
 * @param views number of views
 * @param viewers viewers with no earlier view of the video in this hour
 * @param engagement weight of likes, comments and shares; negative if more was withdrawn
 * @param reports weight of reports and of NOT_INTERESTED
 */
public record TrendCount(
    long creatorId,
    long videoId,
    int slot,
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
        : new TrendCount(creatorId, videoId, slot, origin, weight, views, 0, engagement, reports);
  }

  /** Returns the part that counts {@link #VIEWERS_AFTER} slots later. */
  public TrendCount viewersOnly() {
    return new TrendCount(creatorId, videoId, slot, origin, 0, 0, viewers, 0, 0);
  }
}
