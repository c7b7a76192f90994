package dev.upswell.popularity.forecast;

import java.io.Serializable;
import java.time.Duration;

/**
 * Settings of training and forecast. The defaults are those that {@code ./bench forecast} measures.
 * docs/decisions/012 has the alternatives.
 *
 * @param minimum minimum views of a video for a forecast and for training; 1 or more
 * @param confidence probability that the lower bound is exceeded, 0.5 to 0.999. It is that of
 *     Student's distribution. Growth is skewed to the right, so more videos exceed the bound: 89 %
 *     at 0.8 over the Higgs recording.
 * @param halfLife event time after which an example counts half; an hour or more
 */
public record ForecastSettings(int minimum, double confidence, Duration halfLife)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double LEAST_CONFIDENCE = 0.5;
  private static final double MOST_CONFIDENCE = 0.999;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException when a value is outside of its range
   */
  public ForecastSettings {
    if (minimum < 1) {
      throw new IllegalArgumentException("minimum: " + minimum + " (expected: 1 or more)");
    }
    if (!(confidence >= LEAST_CONFIDENCE && confidence <= MOST_CONFIDENCE)) {
      throw new IllegalArgumentException(
          "confidence: %s (expected: %s..%s)"
              .formatted(confidence, LEAST_CONFIDENCE, MOST_CONFIDENCE));
    }
    if (halfLife.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException("halfLife: " + halfLife + " (expected: PT1H or more)");
    }
  }

  /** Ten views, a confidence of 0.8, a week. */
  public static ForecastSettings defaults() {
    return new ForecastSettings(10, 0.8, Duration.ofDays(7));
  }

  /**
   * Returns the weight of an example after hours of event time.
   *
   * @param hours 0 or more
   */
  public double weightAfter(long hours) {
    return StrictMath.pow(
        0.5, hours * (double) Duration.ofHours(1).toMillis() / halfLife.toMillis());
  }
}
