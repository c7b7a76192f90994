package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;

/**
 * Packs a count without its video into four numbers: slot, age and origin; weight and views;
 * engagement and viewers; reports.
 *
 * <p>Figures in one number may be added to it side by side. Halves that are never negative stay
 * apart; engagement is a high half, which nothing is carried out of.
 */
final class PackedTrendCount {
  /** Numbers of a count. */
  static final int WIDTH = 4;

  /** Maximum age in slots; more than seven days. */
  static final int MAX_AGE = (1 << Short.SIZE) - 1;

  private static final int KEY = 0;
  private static final int WEIGHT_AND_VIEWS = 1;
  private static final int ENGAGEMENT_AND_VIEWERS = 2;
  private static final int REPORTS = 3;
  private static final int LOW_HALF = (1 << Short.SIZE) - 1;

  private PackedTrendCount() {}

  /** Returns the number that counts with equal slot, age and origin share. */
  static long key(int slot, int age, int origin) {
    return pair(slot, Math.min(age, MAX_AGE) << Short.SIZE | origin);
  }

  /** Returns two numbers as one; the low one is taken as it is in an addition. */
  static long pair(int high, int low) {
    return ((long) high << Integer.SIZE) + (low & 0xFFFF_FFFFL);
  }

  static void write(TrendCount count, long[] into, int at) {
    into[at + KEY] = key(count.slot(), count.age(), count.origin());
    into[at + WEIGHT_AND_VIEWS] = pair(count.weight(), count.views());
    into[at + ENGAGEMENT_AND_VIEWERS] = pair(count.engagement(), count.viewers());
    into[at + REPORTS] = count.reports();
  }

  static TrendCount read(long videoId, long[] from, int at) {
    return of(
        videoId,
        from[at + KEY],
        from[at + WEIGHT_AND_VIEWS],
        from[at + ENGAGEMENT_AND_VIEWERS],
        from[at + REPORTS]);
  }

  static TrendCount of(
      long videoId, long key, long weightAndViews, long engagementAndViewers, long reports) {
    return new TrendCount(
        videoId,
        slot(key),
        (int) key >>> Short.SIZE,
        (int) key & LOW_HALF,
        (int) (weightAndViews >> Integer.SIZE),
        (int) weightAndViews,
        (int) engagementAndViewers,
        (int) (engagementAndViewers >> Integer.SIZE),
        (int) reports);
  }

  /** Returns the slot of a {@link #key}. */
  static int slot(long key) {
    return (int) (key >> Integer.SIZE);
  }
}
