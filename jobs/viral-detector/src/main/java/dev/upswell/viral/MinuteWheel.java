package dev.upswell.viral;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Due videos by minute, 8 bytes each. A timer of Flink would be a key in RocksDB, or a heap object
 * in each checkpoint.
 *
 * <p>It is no state: every video has its due minute in its state, from which the wheel is restored.
 * A video whose due minute changes stays in the wheel, and is skipped at the old minute.
 */
final class MinuteWheel {
  private static final long[] NO_VIEWERS = {};

  private final TreeMap<Integer, Ids> due = new TreeMap<>();

  void add(int minute, long videoId) {
    due.computeIfAbsent(minute, unknown -> new Ids()).add(videoId);
  }

  /** Returns the first minute with a due video, or {@link Integer#MAX_VALUE}. */
  int first() {
    return due.isEmpty() ? Integer.MAX_VALUE : due.firstKey();
  }

  /** Removes and returns all videos due at a minute, possibly with duplicates. */
  long[] take(int minute) {
    Ids ids = due.remove(minute);
    return ids == null ? NO_VIEWERS : Arrays.copyOf(ids.ids, ids.size);
  }

  private static final class Ids {
    private long[] ids = new long[8];
    private int size;

    void add(long id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, size * 2);
      }
      ids[size++] = id;
    }
  }
}
