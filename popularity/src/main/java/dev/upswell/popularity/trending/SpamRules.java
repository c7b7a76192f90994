package dev.upswell.popularity.trending;

import java.io.Serializable;

/**
 * What a video needs so that it may be in a list.
 *
 * @param leastViewers different viewers, decayed as views are; positive
 * @param distinctShare of its views that have to come from viewers who had not watched it in the
 *     same hour before, 0 to 1; viewers count {@link TrendCount#VIEWERS_AFTER} their views
 * @param engagementPerView most engagement that counts for each unit of what views weigh: likes
 *     without views do not count
 */
public record SpamRules(double leastViewers, double distinctShare, double engagementPerView)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Fifteen viewers, as twenty within five minutes still are a minute later; three tenths of the
   * views, which is also what there is of them when viewers become three times as many in a minute;
   * as much as a viewer who does all there is to do.
   */
  public static final SpamRules DEFAULTS = new SpamRules(15, 0.3, 13);

  /** Checks the ranges. */
  public SpamRules {
    if (!(leastViewers > 0)) {
      throw new IllegalArgumentException(
          "leastViewers: " + leastViewers + " (expected: more than 0)");
    }
  }

  /** Whether enough different people watched. */
  boolean allow(double viewers, double views) {
    return viewers >= leastViewers && viewers >= distinctShare * views;
  }
}
