package dev.upswell.viral;

import dev.upswell.popularity.ViewCount;
import org.jspecify.annotations.Nullable;

/**
 * A video to look at; in the order in which RocksDB keeps videos.
 *
 * @param count of its views; none if it is just due
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
