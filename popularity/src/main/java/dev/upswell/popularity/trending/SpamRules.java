package dev.upswell.popularity.trending;

import java.io.Serializable;

/**
 * Minimum requirements of a video in a list.
 *
 * @param minViewers minimum distinct viewers, with the decay of views; positive
 * @param distinctShare minimum share of views by viewers with no counted view of the video in the
 *     hour before, 0 to 1; viewers count {@link TrendCount#VIEWERS_AFTER} their views
 * @param maxEngagementPerView maximum engagement per unit of view weight, so that likes without
 *     views do not count
 */
public record SpamRules(double minViewers, double distinctShare, double maxEngagementPerView)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Fifteen viewers: twenty within five minutes are still above it a minute later. Three tenths of
   * the views: viewers that triple within a minute still reach it. The engagement of a viewer with
   * one of each kind.
   */
  public static final SpamRules DEFAULTS = new SpamRules(15, 0.3, 13);

  /** Checks the ranges. */
  public SpamRules {
    if (!(minViewers > 0)) {
      throw new IllegalArgumentException(
          "leastViewers: " + minViewers + " (expected: more than 0)");
    }
  }

  /** Returns whether enough distinct viewers watched. */
  boolean allow(double viewers, double views) {
    return viewers >= minViewers && viewers >= distinctShare * views;
  }
}
