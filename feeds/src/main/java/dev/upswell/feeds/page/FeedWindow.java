package dev.upswell.feeds.page;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import java.util.ArrayList;
import java.util.List;

/**
 * Videos of a complete list for a reader: newest first, without duplicates, none below the floor.
 *
 * <p>Two arrays sorted by insertion. Lists are nearly in order, because pushes arrive nearly in the
 * order of publication, so this is one pass. Not thread-safe.
 */
public final class FeedWindow {
  private final long[] videoIds;
  private final long[] creatorIds;
  private long floor;
  private int size;

  /**
   * Reads a complete list.
   *
   * @param maxEntries maximum videos of it. A pushed list has more and could reach further back
   *     than outboxes. The result of a reader must not depend on that.
   */
  public FeedWindow(FeedList list, int maxEntries) {
    videoIds = new long[list.size()];
    creatorIds = new long[list.size()];
    floor = list.floor();
    for (int i = 0; i < list.videos(); i++) {
      long videoId = list.videoId(i);
      // A late push may be below the floor, where other videos are missing.
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

  /** Returns the newest videos of followees below an id, up to a limit. */
  public List<FeedEntry> newest(Following following, long below, int limit) {
    List<FeedEntry> page = new ArrayList<>(limit);
    for (int i = 0; i < size && page.size() < limit; i++) {
      if (videoIds[i] < below && following.contains(creatorIds[i])) {
        page.add(new FeedEntry(videoIds[i], creatorIds[i]));
      }
    }
    return page;
  }

  /** The newest videos as a list of their own, complete down to its own floor. */
  public FeedList newest(int limit) {
    int shown = Math.min(limit, size);
    FeedList list = new FeedList(shown + 1);
    for (int i = 0; i < shown; i++) {
      list.add(videoIds[i], creatorIds[i]);
    }
    list.add(shown == size ? floor : videoIds[shown - 1], 0);
    return list;
  }

  /**
   * Returns the list without duplicates and surplus. Videos of former followees stay, because they
   * may be followed again before the write.
   *
   * @param build number of the new list
   */
  public List<FeedEntry> compacted(long build) {
    List<FeedEntry> entries = new ArrayList<>(size + 1);
    for (int i = 0; i < size; i++) {
      entries.add(new FeedEntry(videoIds[i], creatorIds[i]));
    }
    entries.add(FeedEntry.tail(floor, build));
    return entries;
  }
}
