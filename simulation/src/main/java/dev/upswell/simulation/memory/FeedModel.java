package dev.upswell.simulation.memory;

import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Model of all feeds, computed from all events without optimization. It shares no code with the
 * implementation. Not thread-safe.
 *
 * <p>A feed has every video of the current followees that is published, not removed and not
 * private, newest first, down to a horizon: an outbox has only the newest of these, and a merge
 * below the oldest of a full outbox would have gaps. A video belongs to the creator who published
 * it first.
 */
public final class FeedModel {
  private final int outboxEntries;
  private final Map<Long, Set<Long>> following = new HashMap<>();
  private final Map<Long, Set<Long>> blocks = new HashMap<>();
  private final Map<Long, NavigableSet<Long>> published = new HashMap<>();
  private final Map<Long, Long> owners = new HashMap<>();
  private final Set<Long> removed = new HashSet<>();
  private final Set<Long> hidden = new HashSet<>();

  /**
   * An empty model.
   *
   * @param outboxEntries videos that an outbox keeps
   */
  public FeedModel(int outboxEntries) {
    this.outboxEntries = outboxEntries;
  }

  /** Applies a published or removed video. */
  public void on(Video video) {
    if (video.getType() == Video.Type.REMOVED) {
      removed.add(video.getVideoId());
    } else if (owners.computeIfAbsent(video.getVideoId(), id -> video.getCreatorId())
        == video.getCreatorId()) {
      published
          .computeIfAbsent(video.getCreatorId(), id -> new TreeSet<>(Comparator.reverseOrder()))
          .add(video.getVideoId());
      if (video.getVisibility() == Video.Visibility.PRIVATE) {
        hidden.add(video.getVideoId());
      } else {
        hidden.remove(video.getVideoId());
      }
    }
  }

  /** Applies a follow, unfollow, block or unblock. */
  public void on(Follow follow) {
    long user = follow.getFollowerId();
    long other = follow.getFolloweeId();
    switch (follow.getType()) {
      case FOLLOW -> {
        if (!blocks(user, other) && !blocks(other, user)) {
          following.computeIfAbsent(user, id -> new HashSet<>()).add(other);
        }
      }
      case UNFOLLOW -> unfollow(user, other);
      case BLOCK -> {
        blocks.computeIfAbsent(user, id -> new HashSet<>()).add(other);
        unfollow(user, other);
        unfollow(other, user);
      }
      case UNBLOCK -> blocks.getOrDefault(user, new HashSet<>()).remove(other);
      case TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("type: " + follow.getTypeValue());
    }
  }

  private boolean blocks(long user, long other) {
    return blocks.getOrDefault(user, Set.of()).contains(other);
  }

  private void unfollow(long user, long other) {
    following.getOrDefault(user, new HashSet<>()).remove(other);
  }

  /** Returns the followees of a user. */
  public Set<Long> followees(long userId) {
    return Set.copyOf(following.getOrDefault(userId, Set.of()));
  }

  /** Returns all users with followees. */
  public Set<Long> viewers() {
    return Set.copyOf(following.keySet());
  }

  /** Returns whether a video is hidden from feeds by its last record. */
  public boolean isHidden(long videoId) {
    return removed.contains(videoId) || hidden.contains(videoId);
  }

  /** The video ids of a user's whole feed, newest first. */
  public List<Long> feed(long userId) {
    List<Long> feed = new ArrayList<>();
    long horizon = 0;
    for (long creator : following.getOrDefault(userId, Set.of())) {
      List<Long> outbox =
          published.getOrDefault(creator, new TreeSet<>()).stream()
              .filter(id -> !isHidden(id))
              .limit(outboxEntries)
              .toList();
      feed.addAll(outbox);
      if (outbox.size() == outboxEntries) {
        horizon = Math.max(horizon, outbox.get(outboxEntries - 1));
      }
    }
    long lowest = horizon;
    feed.removeIf(id -> id < lowest);
    feed.sort(Comparator.reverseOrder());
    return feed;
  }
}
