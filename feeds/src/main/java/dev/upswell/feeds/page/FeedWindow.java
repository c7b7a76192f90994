package dev.upswell.feeds.page;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import java.util.ArrayList;
import java.util.List;

/**
 * The videos of a complete list as a reader may use them: newest first, each once, none below the
 * floor.
 *
 * <p>Two arrays sorted by insertion: lists are nearly in order, because pushes arrive nearly in the
 * order of publishing, so this is one pass. Not thread-safe.
 */
public final class FeedWindow {
  private final long[] videoIds;
  private final long[] creatorIds;
  private long floor;
  private int size;

  /**
   * Reads a list that is complete.
   *
   * @param maxEntries how many videos of it count. A list that was pushed to holds more, and could
   *     reach further back than outboxes do; what a reader sees must not depend on that.
   */
  public FeedWindow(FeedList list, int maxEntries) {
    videoIds = new long[list.size()];
    creatorIds = new long[list.size()];
    floor = list.floor();
    for (int i = 0; i < list.size(); i++) {
      long videoId = list.videoId(i);
      // A video that was pushed late may lie below the floor, where others are missing.
      if (videoId > 0 && videoId >= floor) {
        insert(videoId, list.creatorId(i));
      }
    }
    if (size > maxEntries) {
      size = maxEntries;
      floor = videoIds[size - 1];
    }
  }

  private void insert(long videoId, long creatorId) {
    int at = size;
    while (at > 0 && videoIds[at - 1] < videoId) {
      at--;
    }
    if (at > 0 && videoIds[at - 1] == videoId) {
      return;
    }
    System.arraycopy(videoIds, at, videoIds, at + 1, size - at);
    System.arraycopy(creatorIds, at, creatorIds, at + 1, size - at);
    videoIds[at] = videoId;
    creatorIds[at] = creatorId;
    size++;
  }

  /** The id from which on every video is here; 0 if nothing is missing at all. */
  public long floor() {
    return floor;
  }

  /** The newest videos of creators who are followed, below an id, at most so many. */
  public List<FeedEntry> newest(Following following, long below, int limit) {
    List<FeedEntry> page = new ArrayList<>(limit);
    for (int i = 0; i < size && page.size() < limit; i++) {
      if (videoIds[i] < below && following.contains(creatorIds[i])) {
        page.add(new FeedEntry(videoIds[i], creatorIds[i]));
      }
    }
    return page;
  }

  /** The newest videos as a list of their own, complete down to the last of them. */
  public FeedList newest(int limit) {
    int shown = Math.min(limit, size);
    boolean all = shown == size && floor == 0;
    FeedList list = new FeedList(shown + 1);
    for (int i = 0; i < shown; i++) {
      list.add(videoIds[i], creatorIds[i]);
    }
    if (all) {
      list.add(FeedEntry.END.videoId(), FeedEntry.END.creatorId());
    }
    return list;
  }

  /**
   * What the list would be without repeats and surplus. Videos of creators who are no longer
   * followed stay: by the time it is written they may be followed again.
   */
  public List<FeedEntry> compacted() {
    List<FeedEntry> entries = new ArrayList<>(size + 1);
    for (int i = 0; i < size; i++) {
      entries.add(new FeedEntry(videoIds[i], creatorIds[i]));
    }
    if (floor == 0) {
      entries.add(FeedEntry.END);
    }
    return entries;
  }
}
