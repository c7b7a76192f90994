package dev.upswell.popularity.tiers;

import java.io.Serializable;

/**
 * Thresholds of the tiers.
 *
 * @param viralAbove views in the last hour above which a video is viral
 * @param edgeShare share of the most viewed videos in the edge tier, 0 to 1
 * @param regionalShare share of the most viewed videos in the edge and regional tiers, 0 to 1
 * @param keepShare share of its threshold below which a video is demoted, 0 to 1
 * @param dwellMinutes minutes below that before a demotion
 * @param distinctShare minimum ratio of distinct viewers to views for a promotion, 0 to 1
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
