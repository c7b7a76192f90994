package dev.upswell.local.traffic;

/**
 * The shape of real short-video traffic, in numbers taken from tables over KuaiRand-27K: 322
 * million exposures of 32 million videos to 27,285 users of Kuaishou in April and May 2022 (Gao et
 * al., CIKM 2022, https://kuairand.com, CC BY-SA 4.0).
 */
final class ShortVideo {
  /** Exposures a video. The top 1 % of videos take 44.1 % of all. */
  static final Quantiles EXPOSURES_PER_VIDEO =
      new Quantiles(
          0, 1, 0.5401848, 1, 0.6756917, 2, 0.7429189, 3, 0.8151211, 5, 0.8669487, 8, 0.9006301, 12,
          0.9324226, 20, 0.961373, 40, 0.9801958, 85, 0.9900286, 168, 0.9950151, 302, 0.9980046,
          546, 0.9990005, 791, 0.9995004, 1_149, 0.9998002, 1_828, 0.9999002, 2_477, 0.99999, 5_364,
          0.999998, 7_948, 0.9999997, 10_005, 1, 15_380);

  /** Exposures a user over the 31 days. */
  static final Quantiles EXPOSURES_PER_USER =
      new Quantiles(
          0, 100, 0.01, 571, 0.05, 1_393, 0.1, 2_188, 0.2, 3_744, 0.3, 5_252, 0.4, 6_815, 0.5,
          8_594, 0.6, 10_713, 0.7, 13_471, 0.8, 17_399, 0.9, 24_591, 0.95, 32_594, 0.97, 38_845,
          0.98, 44_827, 0.99, 56_232, 0.995, 67_437, 0.998, 90_375, 0.999, 115_144, 1, 228_000);

  /** Length of a video in milliseconds; the lower and upper ends are cut off at 1 s and 10 min. */
  static final Quantiles DURATION_MS =
      new Quantiles(0, 1_000, 0.5, 26_966, 0.9, 168_875, 1, 600_000);

  /** Share of plays of the median video that end within the first three seconds: 42.5 of 113.2. */
  static final double SHORT_PLAYS = 0.375;

  /** Share of plays of the median video that reach its end: 10.9 of 113.2. */
  static final double COMPLETE_PLAYS = 0.096;

  /** Likes a play, of the median video: 3.6 of 113.2. */
  static final double LIKES = 0.032;

  /** Comments a play, of the median video: 0.5 of 113.2. */
  static final double COMMENTS = 0.0044;

  /** Exposures by hour of the day, from midnight, in thousandths of a day's. */
  private static final double[] BY_HOUR = {
    33.0, 20.1, 12.8, 9.0, 8.1, 11.5, 21.3, 30.9, 35.8, 40.2, 44.8, 47.9, 52.8, 53.2, 48.0, 48.9,
    51.5, 54.4, 58.5, 61.7, 66.1, 68.6, 67.8, 53.1
  };

  private static final double MEAN_OF_HOURS = 1_000.0 / 24;

  private ShortVideo() {}

  /**
   * Returns the activity at a time of day, as a multiple of the day's mean; linear between the
   * middles of hours.
   *
   * @param hour 0 to 24, with fractions
   */
  static double busyness(double hour) {
    double fromMiddle = (hour + 23.5) % 24;
    int before = (int) fromMiddle;
    double part = fromMiddle - before;
    double between = BY_HOUR[before] * (1 - part) + BY_HOUR[(before + 1) % 24] * part;
    return between / MEAN_OF_HOURS;
  }
}
