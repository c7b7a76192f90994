package dev.upswell.popularity.tiers;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many videos have how many views in the last hour, exactly.
 *
 * <p>There are far fewer different counts than videos, so it is small, and changes of it can be
 * added up in any order. A quantile sketch of the usual size errs by more than the hundredth of
 * videos that is looked for.
 *
 * <p>Not safe for use by several threads.
 */
public final class CountHistogram {
  private final TreeMap<Integer, Integer> videos = new TreeMap<>();
  private long size;

  /** Without videos. */
  public CountHistogram() {}

  /** Takes it that a video had so many views before and has so many now; 0 for none. */
  public void move(int before, int now) {
    if (before != now) {
      change(before, -1);
      change(now, 1);
    }
  }

  /**
   * Takes it that there are more or fewer videos with a number of views.
   *
   * @param views positive; 0 is not counted
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

  /** Takes all changes that another holds. */
  public void add(CountHistogram changes) {
    changes.videos.forEach(this::change);
  }

  /** Videos with views. */
  public long size() {
    return size;
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return videos.isEmpty();
  }

  /** Forgets everything. */
  public void clear() {
    videos.clear();
    size = 0;
  }

  /**
   * The least number of views with which a video is among the most watched.
   *
   * @param share of all videos with views, 0 to 1
   * @return such that no more than this share have it or more, so whoever shares the last place is
   *     not among them; the greatest number there is if nobody is
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

  /** Takes all changes of a packed form. */
  public void add(int[] packed) {
    for (int i = 0; i < packed.length; i += 2) {
      change(packed[i], packed[i + 1]);
    }
  }
}
