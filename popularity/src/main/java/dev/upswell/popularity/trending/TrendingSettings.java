package dev.upswell.popularity.trending;

import java.io.Serializable;
import java.time.Duration;

/**
 * How videos are scored.
 *
 * @param halfLife of what happens now
 * @param baselineHalfLife of what usually happens; longer than {@code halfLife}
 * @param prior how much past of its own the usual audience of its creator stands for when a video
 *     is new, and after how long that is half as much
 * @param floor expected engagement below which no expectation is trusted; positive
 * @param leastRise score from which on a video is rising
 */
public record TrendingSettings(
    Duration halfLife,
    Duration baselineHalfLife,
    Duration prior,
    double floor,
    double leastRise,
    TrendScore score,
    SpamRules spam,
    TrendWeights weights,
    DiversityRules lists)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the ranges. */
  public TrendingSettings {
    if (halfLife.toMillis() < Slots.MILLIS) {
      throw new IllegalArgumentException("halfLife: " + halfLife + " (expected: PT10S or more)");
    }
    if (baselineHalfLife.compareTo(halfLife) <= 0) {
      throw new IllegalArgumentException(
          "baselineHalfLife: " + baselineHalfLife + " (expected: more than " + halfLife + ")");
    }
    if (prior.toMillis() < Slots.MILLIS) {
      throw new IllegalArgumentException("prior: " + prior + " (expected: PT10S or more)");
    }
    if (!(floor > 0)) {
      throw new IllegalArgumentException("floor: " + floor + " (expected: more than 0)");
    }
  }

  /** Those of the design; see {@code docs/decisions/017-trending-score.md} for why. */
  public static TrendingSettings defaults() {
    return new TrendingSettings(
        Duration.ofMinutes(15),
        Duration.ofHours(24),
        Duration.ofMinutes(30),
        10,
        3,
        TrendScore.DEVIATIONS,
        SpamRules.DEFAULTS,
        TrendWeights.DEFAULTS,
        DiversityRules.DEFAULTS);
  }

  /** The same with other lists. */
  public TrendingSettings with(DiversityRules rules) {
    return new TrendingSettings(
        halfLife, baselineHalfLife, prior, floor, leastRise, score, spam, weights, rules);
  }

  /** The same with other rules against spam. */
  public TrendingSettings with(SpamRules rules) {
    return new TrendingSettings(
        halfLife, baselineHalfLife, prior, floor, leastRise, score, rules, weights, lists);
  }

  /** The same with another score, and from where on it is a rise. */
  public TrendingSettings with(TrendScore other, double least) {
    return new TrendingSettings(
        halfLife, baselineHalfLife, prior, floor, least, other, spam, weights, lists);
  }

  /** How a list is filled. */
  public DiversityRules rulesOf(boolean ofOneCategory) {
    return ofOneCategory ? lists.ofOneCategory() : lists;
  }

  static double slots(Duration duration) {
    return (double) duration.toMillis() / Slots.MILLIS;
  }
}
