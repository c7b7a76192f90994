package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.VideoMetadata;
import java.util.List;

/**
 * Update of a video for {@link ScoreOperator}. The updates of a video are in order, as long as its
 * creator is the same.
 */
sealed interface VideoUpdate {
  /** Returns the creator, the key of the update; 0 for a video without one. */
  long creatorId();

  /** Returns the video. */
  long videoId();

  /** A count, and the metadata of its video. */
  record Counted(VideoMetadata metadata, TrendCount count) implements VideoUpdate {
    @Override
    public long creatorId() {
      return metadata.creatorId();
    }

    @Override
    public long videoId() {
      return count.videoId();
    }
  }

  /**
   * The publication of a video, or a change of its metadata.
   *
   * @param pending counts from before the publication, in any order
   */
  record Changed(VideoMetadata metadata, long videoId, List<TrendCount> pending)
      implements VideoUpdate {
    /** Copies the counts. */
    public Changed {
      pending = List.copyOf(pending);
    }

    @Override
    public long creatorId() {
      return metadata.creatorId();
    }
  }

  /** The video belongs to another creator. */
  record Moved(long creatorId, long videoId) implements VideoUpdate {}
}
