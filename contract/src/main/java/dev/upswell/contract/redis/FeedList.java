package dev.upswell.contract.redis;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A feed list as stored in Redis: in list order, with duplicates, possibly unfinished. The last
 * entry is a {@link FeedEntry#tail} or a {@link FeedEntry#marker}.
 *
 * <p>Two arrays instead of entries, because every read of a feed creates one. Not thread-safe while
 * it is filled.
 */
public final class FeedList {
  private long[] videoIds;
  private long[] creatorIds;
  private int size;

  /** An empty list with room for some entries. */
  public FeedList(int capacity) {
    this.videoIds = new long[capacity];
    this.creatorIds = new long[capacity];
  }

  /** A list of these entries. */
  public static FeedList of(List<FeedEntry> entries) {
    FeedList list = new FeedList(entries.size());
    entries.forEach(entry -> list.add(entry.videoId(), entry.creatorId()));
    return list;
  }

  /** Appends an entry at the tail. */
  public void add(long videoId, long creatorId) {
    if (size == videoIds.length) {
      int capacity = Math.max(16, size * 2);
      videoIds = Arrays.copyOf(videoIds, capacity);
      creatorIds = Arrays.copyOf(creatorIds, capacity);
    }
    videoIds[size] = videoId;
    creatorIds[size++] = creatorId;
  }

  /** Returns the number of entries, including tail and marker. */
  public int size() {
    return size;
  }

  /** Returns the number of entries before the tail or marker. */
  public int videos() {
    return Math.max(0, size - 1);
  }

  /** Video id of the entry at an index from the head, from 0. */
  public long videoId(int index) {
    return videoIds[index];
  }

  /** Creator id of the entry at an index from the head, from 0. */
  public long creatorId(int index) {
    return creatorIds[index];
  }

  /** The entry at an index from the head, from 0. */
  public FeedEntry entry(int index) {
    return new FeedEntry(videoIds[index], creatorIds[index]);
  }

  /** Returns whether a reader has finished this list. */
  public boolean isComplete() {
    return size > 0 && videoIds[size - 1] >= 0;
  }

  /**
   * Returns the video id down to which the list is complete; 0 if no older video exists.
   *
   * @throws IllegalStateException unless the list {@link #isComplete}
   */
  public long floor() {
    if (!isComplete()) {
      throw new IllegalStateException("an unfinished feed has no floor");
    }
    return videoIds[size - 1];
  }

  /** Returns all entries in packed form. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(FeedEntry.BYTES * size);
    for (int i = 0; i < size; i++) {
      buffer.putLong(videoIds[i]).putLong(creatorIds[i]);
    }
    return buffer.array();
  }
}
