package dev.upswell.trending;

import dev.upswell.popularity.trending.VideoMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Metadata of recent videos, in two generations of bounded size: an access moves an entry to the
 * newer one. Saves a read of the state for each count. Not thread-safe.
 */
final class MetadataCache {
  private final int capacity;
  private Map<Long, VideoMetadata> newer = new HashMap<>();
  private Map<Long, VideoMetadata> older = new HashMap<>();

  /**
   * Creates an empty cache.
   *
   * @param capacity videos of a generation
   */
  MetadataCache(int capacity) {
    this.capacity = capacity;
  }

  Optional<VideoMetadata> get(long videoId) {
    VideoMetadata metadata = newer.get(videoId);
    if (metadata == null) {
      metadata = older.get(videoId);
      if (metadata != null) {
        put(videoId, metadata);
      }
    }
    return Optional.ofNullable(metadata);
  }

  void put(long videoId, VideoMetadata metadata) {
    if (newer.size() >= capacity) {
      older = newer;
      newer = new HashMap<>();
    }
    newer.put(videoId, metadata);
  }

  void clear() {
    newer.clear();
    older.clear();
  }
}
