package dev.upswell.feeds.outbox;

import dev.upswell.contract.redis.FeedEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest of all added videos, up to a capacity: a heap with the oldest on top.
 *
 * <p>A computed page adds thousands of videos and returns twenty. Adding allocates nothing, and
 * most videos are only compared with the oldest. Not thread-safe.
 */
final class TopEntries {
  /** Parallel arrays; the children of the one at i are at 2i+1 and 2i+2, and never older. */
  private final long[] videoIds;

  private final long[] creatorIds;
  private int size;

  /**
   * Creates an empty heap.
   *
   * @param capacity positive
   */
  TopEntries(int capacity) {
    this.videoIds = new long[capacity];
    this.creatorIds = new long[capacity];
  }

  /** Returns the id above which a video is added; 0 while the heap is not full. */
  long oldest() {
    return size == videoIds.length ? videoIds[0] : 0;
  }

  /**
   * Adds a video if it is among the newest and not a duplicate.
   *
   * @return whether it was added; if not, no smaller id would be
   */
  boolean add(long videoId, long creatorId) {
    if (size < videoIds.length) {
      rise(size++, videoId, creatorId);
      return true;
    }
    if (videoId <= videoIds[0]) {
      return false;
    }
    sink(videoId, creatorId);
    return true;
  }

  private void rise(int from, long videoId, long creatorId) {
    int at = from;
    for (int parent = (at - 1) / 2; at > 0 && videoIds[parent] > videoId; parent = (at - 1) / 2) {
      place(at, videoIds[parent], creatorIds[parent]);
      at = parent;
    }
    place(at, videoId, creatorId);
  }

  /** In place of the oldest. */
  private void sink(long videoId, long creatorId) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && videoIds[child + 1] < videoIds[child]) {
        child++;
      }
      if (videoIds[child] >= videoId) {
        break;
      }
      place(at, videoIds[child], creatorIds[child]);
      at = child;
    }
    place(at, videoId, creatorId);
  }

  private void place(int at, long videoId, long creatorId) {
    videoIds[at] = videoId;
    creatorIds[at] = creatorId;
  }

  /** Returns the videos at or above the floor, newest first. */
  List<FeedEntry> from(long floor) {
    List<FeedEntry> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      if (videoIds[i] >= floor) {
        entries.add(new FeedEntry(videoIds[i], creatorIds[i]));
      }
    }
    entries.sort(FeedEntry.NEWEST_FIRST);
    return entries;
  }
}
