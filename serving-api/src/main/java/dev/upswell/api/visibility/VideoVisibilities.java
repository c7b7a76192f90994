package dev.upswell.api.visibility;

import dev.upswell.api.auth.Caller;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.cache.VisibilityCache;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.VideoVisibility;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Decides which videos an answer may show. Every answer that names videos uses it. Thread-safe.
 *
 * <p>Lists that are equal for all callers show public videos only. Answers to one caller show a
 * video for followers to its creator and to the creator's followers. Private, removed and unknown
 * videos are shown to none.
 */
public final class VideoVisibilities {
  private final VisibilityCache videos;
  private final FeedStoreReader store;

  /** Uses the cache that the feed reader has too. */
  public VideoVisibilities(VisibilityCache videos, FeedStoreReader store) {
    this.videos = videos;
    this.store = store;
  }

  /**
   * Returns the public ones of some videos.
   *
   * @return fails when the store does, unless all are cached
   */
  public CompletableFuture<Set<Long>> publicOf(Collection<Long> videoIds) {
    long[] ids = videoIds.stream().distinct().mapToLong(Long::longValue).toArray();
    return videos
        .of(ids)
        .thenApply(
            found -> {
              Set<Long> isPublic = new HashSet<>();
              for (int i = 0; i < ids.length; i++) {
                if (found.get(i).isPublic()) {
                  isPublic.add(ids[i]);
                }
              }
              return isPublic;
            });
  }

  /** Returns the visibility of a video. */
  public CompletableFuture<VideoVisibility> of(long videoId) {
    return videos.of(new long[] {videoId}).thenApply(found -> found.get(0));
  }

  /**
   * Returns whether a caller may see a video.
   *
   * @param following of the caller; any unless {@link #needsFollowing}
   */
  public static boolean isVisible(VideoVisibility video, Caller caller, Following following) {
    if (video.isPublic()) {
      return true;
    }
    return isForFollowers(video)
        && caller.userId().isPresent()
        && (caller.userId().getAsLong() == video.creatorId()
            || following.contains(video.creatorId()));
  }

  /** Returns whether the decision depends on the caller's following. */
  public static boolean needsFollowing(VideoVisibility video, Caller caller) {
    return isForFollowers(video)
        && caller.userId().isPresent()
        && caller.userId().getAsLong() != video.creatorId();
  }

  /** Returns whether only some callers may see the video, so that the answer is not shared. */
  public static boolean isForFollowers(VideoVisibility video) {
    return video.visibility() == Video.Visibility.FOLLOWERS;
  }

  /** Returns the following of a user, for several decisions. */
  public CompletableFuture<Following> following(long userId) {
    return store.following(userId);
  }

  /** Records what a direct read of video data has found, for stale pages. */
  public void found(List<Long> videoIds, List<VideoVisibility> found) {
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).isVisibleToFollowers()) {
        videos.foundHidden(videoIds.get(i));
      }
    }
  }
}
