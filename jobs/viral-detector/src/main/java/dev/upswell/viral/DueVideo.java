package dev.upswell.viral;

import dev.upswell.popularity.ViewCount;
import org.jspecify.annotations.Nullable;

/**
 * A video that is due; ordered like the keys in RocksDB.
 *
 * @param count new views; null if it is only due
 */
record DueVideo(int keyGroup, long videoId, @Nullable ViewCount count)
    implements Comparable<DueVideo> {
  @Override
  public int compareTo(DueVideo other) {
    return keyGroup != other.keyGroup
        ? Integer.compare(keyGroup, other.keyGroup)
        : Long.compare(videoId, other.videoId);
  }
}
