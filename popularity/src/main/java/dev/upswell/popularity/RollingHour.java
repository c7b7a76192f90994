package dev.upswell.popularity;

import java.util.Arrays;

/**
 * How many views there were in each minute, and so in the sixty minutes up to any.
 *
 * <p>Only minutes with views have a place. Most videos have a handful of them, where a ring of
 * sixty would be mostly zeros; and a source that is far ahead of the others needs minutes to come
 * besides those of the hour. One value holds all of it, so that a view costs one write however fine
 * the slide is; what leaves the hour is no longer added.
 *
 * <p>Not safe for use by several threads.
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
   * The views of consecutive minutes.
   *
   * @return as many numbers as asked for
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

  /** Forgets what is no longer in the hour of which this minute is the last. */
  public void forget(int minute) {
    int first = 0;
    while (first < size && minutes[first] <= minute - Minutes.PER_HOUR) {
      first++;
    }
    size -= first;
    System.arraycopy(minutes, first, minutes, 0, size);
    System.arraycopy(counts, first, counts, 0, size);
  }

  /** When the next minute enters the hour or leaves it; the greatest there is if none does. */
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

  /** Whether there is no minute with views. */
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
