package dev.upswell.popularity.tiers;

import java.util.Map;
import java.util.TreeMap;

/**
 * Exact histogram of videos by their views in the last hour.
 *
 * <p>There are far fewer distinct counts than videos, so it is small, and changes can be added in
 * any order. A quantile sketch of usual size errs by more than the hundredth that is needed. Not
 * thread-safe.
 */
public final class CountHistogram {
  private final TreeMap<Integer, Integer> videos = new TreeMap<>();
  private long size;

  /** Without videos. */
  public CountHistogram() {}

  /** Moves a video from one count to another; 0 for none. */
  public void move(int before, int now) {
    if (before != now) {
      change(before, -1);
      change(now, 1);
    }
  }

  /**
   * Changes the number of videos at a count.
   *
   * @param views positive; 0 is ignored
   */
  public void change(int views, int more) {
    if (views == 0 || more == 0) {
      return;
    }
    videos.merge(
        views,
        more,
        (known, change) -> known + change == 0 ? null : Integer.valueOf(known + change));
    size += more;
  }

  /** Adds all changes of another histogram. */
  public void add(CountHistogram changes) {
    changes.videos.forEach(this::change);
  }

  /** Videos with views. */
  public long size() {
    return size;
  }

  /** Returns whether the histogram is empty. */
  public boolean isEmpty() {
    return videos.isEmpty();
  }

  /** Forgets everything. */
  public void clear() {
    videos.clear();
    size = 0;
  }

  /**
   * Returns the minimum number of views of the most viewed videos.
   *
   * @param share of all videos with views, 0 to 1
   * @return a count that at most this share of videos reaches, so videos that tie for the last
   *     place are excluded; {@link Integer#MAX_VALUE} if no video reaches it
   */
  public int from(double share) {
    double most = share * size;
    long above = 0;
    int from = Integer.MAX_VALUE;
    for (Map.Entry<Integer, Integer> place : videos.descendingMap().entrySet()) {
      above += place.getValue();
      if (above > most) {
        return from;
      }
      from = place.getKey();
    }
    return from;
  }

  /** Views and videos by turns, by views ascending. */
  public int[] toInts() {
    int[] packed = new int[2 * videos.size()];
    int at = 0;
    for (Map.Entry<Integer, Integer> place : videos.entrySet()) {
      packed[at++] = place.getKey();
      packed[at++] = place.getValue();
    }
    return packed;
  }

  /** Adds all changes of a packed histogram. */
  public void add(int[] packed) {
    for (int i = 0; i < packed.length; i += 2) {
      change(packed[i], packed[i + 1]);
    }
  }
}
