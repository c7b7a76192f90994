package dev.upswell.simulation;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.simulation.memory.FeedModel;
import java.util.HashSet;
import java.util.Set;

/**
 * Videos that were hidden when all work had completed and have not changed since. They must stay
 * hidden through failures, restarts and replays.
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

  /** Records a change of a video. */
  void changes(long videoId) {
    changedVideos.add(videoId);
  }

  /** Records a change between two users. */
  void changes(long one, long other) {
    changedPairs.add(new Pair(one, other));
    changedPairs.add(new Pair(other, one));
  }

  /** Records that all events have taken effect. */
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
