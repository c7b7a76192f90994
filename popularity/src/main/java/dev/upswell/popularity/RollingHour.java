package dev.upswell.popularity;

import java.util.Arrays;

/**
 * Views per minute, and so the views of any sixty minutes.
 *
 * <p>Only minutes with views take space. Most videos have few of them, where a ring of sixty would
 * be mostly zeros. A source that is ahead of the others also needs minutes beyond the hour. The
 * state is one value, so that a view costs one write. Not thread-safe.
 */
public final class RollingHour {
  private int[] minutes = new int[4];
  private int[] counts = new int[4];
  private int size;

  /** Without views. */
  public RollingHour() {}

  /**
   * Adds views to a minute, whenever it was.
   *
   * @param views positive
   */
  public void add(int minute, int views) {
    int place = Arrays.binarySearch(minutes, 0, size, minute);
    if (place >= 0) {
      counts[place] = saturated((long) counts[place] + views);
      return;
    }
    int at = -place - 1;
    if (size == minutes.length) {
      minutes = Arrays.copyOf(minutes, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(minutes, at, minutes, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    minutes[at] = minute;
    counts[at] = views;
    size++;
  }

  /** Views of the sixty minutes of which this one is the last. */
  public int sum(int minute) {
    return sum(minute - Minutes.PER_HOUR + 1, minute);
  }

  /** Views from one minute to another, both included. */
  int sum(int from, int to) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      if (minutes[i] >= from && minutes[i] <= to) {
        sum += counts[i];
      }
    }
    return saturated(sum);
  }

  /**
   * Returns the views of consecutive minutes.
   *
   * @return {@code length} numbers
   */
  int[] slice(int from, int length) {
    int[] slice = new int[length];
    for (int i = 0; i < size; i++) {
      int at = minutes[i] - from;
      if (at >= 0 && at < length) {
        slice[at] = counts[i];
      }
    }
    return slice;
  }

  /** Removes the minutes before the hour that ends with this minute. */
  public void evict(int minute) {
    int first = 0;
    while (first < size && minutes[first] <= minute - Minutes.PER_HOUR) {
      first++;
    }
    size -= first;
    System.arraycopy(minutes, first, minutes, 0, size);
    System.arraycopy(counts, first, counts, 0, size);
  }

  /**
   * Returns the next minute at which a minute enters or leaves the hour, or {@link
   * Integer#MAX_VALUE}.
   */
  public int nextChange(int minute) {
    int next = Integer.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      if (minutes[i] > minute) {
        return Math.min(next, minutes[i]);
      }
      if (minutes[i] > minute - Minutes.PER_HOUR) {
        next = Math.min(next, minutes[i] + Minutes.PER_HOUR);
      }
    }
    return next;
  }

  /** Returns whether no minute has views. */
  public boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  void writeTo(PackedBytes out) {
    out.writeVarint(size);
    int before = 0;
    for (int i = 0; i < size; i++) {
      out.writeVarint(minutes[i] - before);
      out.writeVarint(counts[i]);
      before = minutes[i];
    }
  }

  void readFrom(PackedBytes in) {
    size = (int) in.readVarint();
    if (size > minutes.length) {
      minutes = new int[size];
      counts = new int[size];
    }
    int before = 0;
    for (int i = 0; i < size; i++) {
      before += (int) in.readVarint();
      minutes[i] = before;
      counts[i] = (int) in.readVarint();
    }
  }

  private static int saturated(long views) {
    return (int) Math.min(Integer.MAX_VALUE, views);
  }
}
