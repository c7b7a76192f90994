package dev.upswell.popularity.trending;

import java.io.Serializable;
import java.time.Duration;

/**
 * Settings of the trending score.
 *
 * @param halfLife half-life of current engagement
 * @param baselineHalfLife half-life of the baseline; longer than {@code halfLife}
 * @param prior weight of the creator's usual engagement in the baseline of a new video, as a time
 *     span, and its half-life
 * @param floor minimum baseline; positive
 * @param minScore minimum score of a rising video
 */
public record TrendingSettings(
    Duration halfLife,
    Duration baselineHalfLife,
    Duration prior,
    double floor,
    double minScore,
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

  /**
   * Returns the defaults; {@code docs/decisions/017-score-trends-by-deviation-from-the-past.md} has
   * the reasons.
   */
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
        halfLife, baselineHalfLife, prior, floor, minScore, score, spam, weights, rules);
  }

  /** The same with other rules against spam. */
  public TrendingSettings with(SpamRules rules) {
    return new TrendingSettings(
        halfLife, baselineHalfLife, prior, floor, minScore, score, rules, weights, lists);
  }

  /** Returns the same settings with another score and its minimum. */
  public TrendingSettings with(TrendScore other, double least) {
    return new TrendingSettings(
        halfLife, baselineHalfLife, prior, floor, least, other, spam, weights, lists);
  }

  /** Returns the selection rules of a list. */
  public DiversityRules rulesOf(boolean ofOneCategory) {
    return ofOneCategory ? lists.ofOneCategory() : lists;
  }

  static double slots(Duration duration) {
    return (double) duration.toMillis() / Slots.MILLIS;
  }
}
