package dev.upswell.popularity.trending;

import java.time.Duration;

/**
 * Engagements of viewers, each as the state that it ends in.
 *
 * <p>A like counts once, until it is withdrawn. An UNLIKE takes back what is left of the like. A
 * LIKE after it within an hour restores that, and counts no more than the first like would; so
 * repeated toggles gain nothing. The order is that of event times. Of two events in the same forty
 * milliseconds the one that arrived later counts; a LIKE or UNLIKE of an earlier time, such as a
 * retry, has no effect. All other engagements count once per hour and kind, like {@link
 * ViewerCaps}.
 *
 * <p>Likes expire after six hours or eight half-lives, when less than one part in 256 is left, or
 * by capacity. An UNLIKE after that has no effect. Not thread-safe.
 */
public final class ViewerEngagements {
  /** Age of an event that does not count. */
  public static final int NONE = -1;

  private static final int LEAST_MEMORY = 6 * Slots.PER_HOUR;
  private static final int HALF_LIVES = 8;

  /** Kinds of entries: the time of the last LIKE or UNLIKE, and the like that counts. */
  private static final int TOGGLE = 1;

  private static final int LIKE = 2;
  private static final int FIRST_OTHER = 3;

  /** Toggles of a like that are stored; further ones have no effect until it expires. */
  private static final int MAX_TOGGLES = 255;

  /** Parts of a slot that the time of a toggle distinguishes. */
  private static final int PARTS = 255;

  private final ViewerCaps entries;
  private final int memory;

  /**
   * Creates empty engagements.
   *
   * @param capacity entries in each of two generations, 8 to 32 bytes each; a pair of viewer and
   *     video has one entry per kind of engagement, and two for likes
   * @param halfLife half-life of engagement
   */
  public ViewerEngagements(int capacity, Duration halfLife) {
    this.memory = Math.max(LEAST_MEMORY, (int) (HALF_LIVES * TrendingSettings.slots(halfLife)));
    this.entries = new ViewerCaps(capacity, memory);
  }

  /** Returns the stored entries, for their state. */
  public ViewerCaps entries() {
    return entries;
  }

  /**
   * Adds a LIKE.
   *
   * @param at in Unix milliseconds
   * @return slots since the like began to count, or {@link #NONE} if it does not count
   */
  public int like(long viewerId, long videoId, long at) {
    if (isStale(viewerId, videoId, at)) {
      return NONE;
    }
    CapTable like = entries.entry(viewerId, videoId, LIKE);
    int since = like.since(Slots.of(at));
    if (isLiked(like, since)) {
      return NONE;
    }
    if (like.value() != 0 && since < ViewerCaps.WINDOW) {
      like.setValue(like.value() + 1);
      return Math.max(0, since);
    }
    like.set(Slots.of(at), 1);
    return 0;
  }

  /**
   * Returns whether a like counts. Its value is the number of toggles, so that of two restored
   * entries the greater one is the later one.
   */
  private boolean isLiked(CapTable like, int since) {
    return like.value() % 2 == 1 && since < memory;
  }

  /**
   * Adds an UNLIKE.
   *
   * @param at in Unix milliseconds
   * @return slots since the like that it withdraws began to count, or {@link #NONE} without one
   */
  public int unlike(long viewerId, long videoId, long at) {
    if (isStale(viewerId, videoId, at)) {
      return NONE;
    }
    CapTable like = entries.entry(viewerId, videoId, LIKE);
    int since = like.since(Slots.of(at));
    if (!isLiked(like, since) || like.value() == MAX_TOGGLES) {
      return NONE;
    }
    like.setValue(like.value() + 1);
    return Math.max(0, since);
  }

  /** Returns whether a LIKE or UNLIKE is older than the last one, and stores its time if not. */
  private boolean isStale(long viewerId, long videoId, long at) {
    CapTable last = entries.entry(viewerId, videoId, TOGGLE);
    int slot = Slots.of(at);
    int part = 1 + (int) (Math.floorMod(at, Slots.MILLIS) * PARTS / Slots.MILLIS);
    int since = last.since(slot);
    if (last.value() != 0 && (since < 0 || (since == 0 && part < last.value()))) {
      return true;
    }
    last.set(slot, part);
    return false;
  }

  /**
   * Adds another engagement, and returns whether it counts: the first of its kind within an hour.
   *
   * @param kind 0 or more
   */
  public boolean isFirst(long viewerId, long videoId, int kind, long at) {
    if (entries.get(viewerId, videoId, FIRST_OTHER + kind, Slots.of(at)) != 0) {
      return false;
    }
    entries.put(1);
    return true;
  }
}
