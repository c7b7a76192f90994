package dev.upswell.popularity.tiers;

import java.io.Serializable;

/**
 * The limits of tiers.
 *
 * @param viralAbove views in the last hour above which a video is viral
 * @param edgeShare of the most watched videos that belong to the edge, 0 to 1
 * @param regionalShare of the most watched videos that belong at least to the regions, 0 to 1
 * @param keepShare of its threshold below which a video does not stay in its tier, 0 to 1
 * @param dwellMinutes for how long it has to be below that
 * @param distinctShare of views that have to come from different viewers for a promotion, 0 to 1
 */
public record TierSettings(
    int viralAbove,
    double edgeShare,
    double regionalShare,
    double keepShare,
    int dwellMinutes,
    double distinctShare)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The limits of the design. */
  public static final TierSettings DEFAULTS = new TierSettings(100_000, 0.01, 0.1, 0.7, 10, 0.2);

  /** The thresholds of a minute. */
  public TierThresholds thresholds(int minute, CountHistogram videos) {
    return new TierThresholds(
        minute,
        videos.from(edgeShare),
        videos.from(regionalShare),
        (int) Math.min(Integer.MAX_VALUE, videos.size()));
  }
}
