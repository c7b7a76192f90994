package dev.upswell.viral;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Which videos to look at, by the minute: 8 bytes each, where a timer of Flink's would be a key of
 * its own in RocksDB, or an object on the heap that each checkpoint writes.
 *
 * <p>It holds nothing of its own: every video says in its state when it is due, so after a failure
 * it is filled from there. A video that changes its mind is not taken out; whoever takes it at the
 * old minute sees that it is no longer due then.
 */
final class MinuteWheel {
  private static final long[] NOBODY = {};

  private final TreeMap<Integer, Ids> due = new TreeMap<>();

  void add(int minute, long videoId) {
    due.computeIfAbsent(minute, unknown -> new Ids()).add(videoId);
  }

  /** The first minute at which somebody is due; the greatest there is if nobody is. */
  int first() {
    return due.isEmpty() ? Integer.MAX_VALUE : due.firstKey();
  }

  /** Takes all that are due at a minute, some of them perhaps twice. */
  long[] take(int minute) {
    Ids ids = due.remove(minute);
    return ids == null ? NOBODY : Arrays.copyOf(ids.ids, ids.size);
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
