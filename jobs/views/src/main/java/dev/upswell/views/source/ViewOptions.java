package dev.upswell.views.source;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Lateness and deduplication of views.
 *
 * @param allowedLateness time after the end of a UTC hour during which its views still count; whole
 *     minutes
 * @param dedupWindow time for which a view with the same eventId is a duplicate
 * @param maxDedupIds maximum eventIds per partition, in each of two generations
 * @param combinerMaxEntries maximum pairs of video and minute that are combined before the shuffle
 */
public record ViewOptions(
    Duration allowedLateness, Duration dedupWindow, int maxDedupIds, int combinerMaxEntries)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Option<Duration> ALLOWED_LATENESS =
      Option.duration(
          "views.allowed-lateness",
          Duration.ofMinutes(10),
          Duration.ZERO,
          Duration.ofMinutes(60),
          "Time after the end of a UTC hour for which its views still count; whole minutes");
  private static final Option<Duration> DEDUP_WINDOW =
      Option.duration(
          "views.dedup-window",
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "Time for which a view with the same eventId is a duplicate");
  private static final Option<Integer> MAX_DEDUP_IDS =
      Option.integer(
          "views.dedup-max-ids",
          1_000_000,
          1,
          100_000_000,
          "Maximum eventIds kept per partition, in each of two generations; 8 to 20 bytes each");
  private static final Option<Integer> COMBINER_MAX_ENTRIES =
      Option.integer(
          "views.combiner-max-entries",
          131_072,
          1,
          10_000_000,
          "Maximum pairs of video and minute that a subtask combines before the shuffle; 140 to 270"
              + " bytes each, up to 2 KB more with many viewers");

  /** All options of this record, for a job to add its own to. */
  public static final List<Option<?>> ALL =
      List.of(ALLOWED_LATENESS, DEDUP_WINDOW, MAX_DEDUP_IDS, COMBINER_MAX_ENTRIES);

  /** Drops parts of a minute. */
  public ViewOptions {
    allowedLateness = Duration.ofMinutes(allowedLateness.toMinutes());
  }

  /** Reads the options of views. */
  public static ViewOptions from(Options options) {
    return new ViewOptions(
        options.get(ALLOWED_LATENESS),
        options.get(DEDUP_WINDOW),
        options.get(MAX_DEDUP_IDS),
        options.get(COMBINER_MAX_ENTRIES));
  }
}
