package dev.upswell.feeds.store;

import dev.upswell.contract.events.Video;

/**
 * Visibility of a video.
 *
 * @param creatorId creator of the video; 0 if it has no data
 * @param visibility PUBLIC or FOLLOWERS; PRIVATE also if it is removed or has no data
 * @param freshness freshness of the value
 */
public record VideoVisibility(long creatorId, Video.Visibility visibility, Freshness freshness) {
  /** A video that is not shown, without tracking. */
  public static final VideoVisibility HIDDEN =
      new VideoVisibility(0, Video.Visibility.PRIVATE, Freshness.NONE);

  /** Returns whether everyone may see the video. */
  public boolean isPublic() {
    return visibility == Video.Visibility.PUBLIC;
  }

  /**
   * Returns whether followers of a creator may see the video: it is the creator's, and not private.
   */
  public boolean isVisibleToFollowersOf(long creator) {
    return creatorId == creator && isVisibleToFollowers();
  }

  /** Returns whether followers of the creator may see the video. */
  public boolean isVisibleToFollowers() {
    return visibility == Video.Visibility.PUBLIC || visibility == Video.Visibility.FOLLOWERS;
  }
}
