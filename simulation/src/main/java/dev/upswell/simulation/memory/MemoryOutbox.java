package dev.upswell.simulation.memory;

import dev.upswell.feeds.video.OutboxState;
import dev.upswell.feeds.video.VideoChange;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Videos of one creator in memory. Not thread-safe. */
public final class MemoryOutbox implements OutboxState {
  private final NavigableMap<Long, VideoChange> videos = new TreeMap<>();
  private long[] newest = new long[0];
  private long older;

  /** Creates a state without videos. */
  public MemoryOutbox() {}

  /** Returns an independent copy. */
  public MemoryOutbox copy() {
    MemoryOutbox copy = new MemoryOutbox();
    copy.videos.putAll(videos);
    copy.newest = newest;
    copy.older = older;
    return copy;
  }

  /** Stores the data of a video. Returns whether there was none before. */
  public boolean put(VideoChange video) {
    return videos.put(video.videoId(), video) == null;
  }

  /** Deletes the data of a video. Returns whether there was any. */
  public boolean remove(long videoId) {
    return videos.remove(videoId) != null;
  }

  @Override
  public long[] newest() {
    return newest;
  }

  @Override
  public void newest(long[] ids) {
    newest = ids;
  }

  @Override
  public long older() {
    return older;
  }

  @Override
  public void older(long count) {
    older = count;
  }

  @Override
  public long[] greatestBelow(long below, int most) {
    return videos.headMap(below, false).descendingKeySet().stream()
        .limit(most)
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }
}
