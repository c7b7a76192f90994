package dev.upswell.viral;

/** Report of one subtask at the end of a minute. */
sealed interface MinuteReport {
  /** The minute. */
  int minute();

  /**
   * Changes of the histogram of views in the last hour.
   *
   * @param changes packed {@link dev.upswell.popularity.tiers.CountHistogram}
   */
  @SuppressWarnings("ArrayRecordComponent") // Packed, and never compared.
  record Counts(int minute, int[] changes) implements MinuteReport {}

  /**
   * A video became an hour old.
   *
   * @param firstHour its views of each minute
   */
  @SuppressWarnings("ArrayRecordComponent") // Sixty numbers, never compared.
  record FirstHour(int minute, long videoId, int[] firstHour) implements MinuteReport {}
}
