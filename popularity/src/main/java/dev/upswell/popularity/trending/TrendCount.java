package dev.upswell.popularity.trending;

/**
 * What was added to a video in a slot.
 *
 * @param origin where from, see {@link ScopeKey}; {@link ScopeKey#GLOBAL} for what does not say
 * @param weight of views, of each viewer no more than the cap
 * @param views all of them
 * @param viewers who had not watched it in this hour before
 * @param engagement weight of likes, comments and shares; negative when more of it was taken back
 * @param reports weight of reports and of those who are not interested
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
   * After how many slots a viewer counts as one. In a minute those who come again and again can be
   * told from people: at first, each of them is new to the video.
   */
  public static final int VIEWERS_AFTER = 6;

  /** What counts in its slot. */
  public TrendCount withoutViewers() {
    return viewers == 0
        ? this
        : new TrendCount(creatorId, videoId, slot, origin, weight, views, 0, engagement, reports);
  }

  /** What counts {@link #VIEWERS_AFTER} that. */
  public TrendCount viewersOnly() {
    return new TrendCount(creatorId, videoId, slot, origin, 0, 0, viewers, 0, 0);
  }
}
