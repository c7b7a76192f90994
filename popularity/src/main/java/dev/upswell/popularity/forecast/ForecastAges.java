package dev.upswell.popularity.forecast;

/**
 * Ages with forecasts, in whole minutes.
 *
 * <p>In this package {@code counts[m]} is the number of views of a video in its first {@code m}
 * minutes. {@code counts[0]} is 0 unless views arrived with the video.
 */
public final class ForecastAges {
  /** The first age with a forecast. */
  public static final int FIRST = 5;

  /** The last age with a forecast. */
  public static final int LAST = 59;

  /** Age whose count is forecast. */
  public static final int HOUR = 60;

  /** Number of ages with a forecast. */
  static final int COUNT = LAST - FIRST + 1;

  private ForecastAges() {}

  /**
   * Sums up views by minute.
   *
   * @param perMinute at 0 the views of the first minute; as many as are over, 60 or fewer
   * @return the views of the first minutes by their number, one longer
   */
  public static int[] cumulative(int[] perMinute) {
    int[] counts = new int[perMinute.length + 1];
    for (int minute = 0; minute < perMinute.length; minute++) {
      counts[minute + 1] = counts[minute] + perMinute[minute];
    }
    return counts;
  }

  static void check(int[] counts, int age) {
    if (age < FIRST || age > LAST) {
      throw new IllegalArgumentException("age: %d (expected: %d..%d)".formatted(age, FIRST, LAST));
    }
    checkLength(counts, age);
  }

  static void checkLength(int[] counts, int age) {
    if (counts.length <= age) {
      throw new IllegalArgumentException(
          "counts: %d minutes (expected: 0..%d)".formatted(counts.length, age));
    }
  }
}
