package dev.upswell.simulation;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.simulation.memory.FeedModel;
import java.util.HashSet;
import java.util.Set;

/**
 * What was not allowed when all had come to its end, and has not changed since: nobody may see it
 * from then on, whatever fails, restarts or is read again.
 */
final class HiddenVideos {
  private final FeedModel model;
  private final Set<Pair> changedPairs = new HashSet<>();
  private final Set<Long> changedVideos = new HashSet<>();
  private boolean settled;

  private record Pair(long viewer, long creator) {}

  HiddenVideos(FeedModel model) {
    this.model = model;
  }

  /** Takes it that something was said about a video. */
  void changes(long videoId) {
    changedVideos.add(videoId);
  }

  /** Takes it that something was said about two users. */
  void changes(long one, long other) {
    changedPairs.add(new Pair(one, other));
    changedPairs.add(new Pair(other, one));
  }

  /** Takes it that everything that was said has its effect. */
  void settled() {
    settled = true;
    changedPairs.clear();
    changedVideos.clear();
  }

  boolean has(long viewer, FeedEntry entry) {
    boolean hidden = model.isHidden(entry.videoId()) && !changedVideos.contains(entry.videoId());
    boolean stranger =
        !model.followees(viewer).contains(entry.creatorId())
            && !changedPairs.contains(new Pair(viewer, entry.creatorId()));
    return settled && (hidden || stranger);
  }
}
