package dev.upswell.views.source;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How views are read.
 *
 * @param allowedLateness how long after its end views of a UTC hour still count; whole minutes
 * @param repeatWindow for how long a view that is sent again is known by its eventId
 * @param recentIds eventIds kept of a partition, in each of two generations
 * @param combined videos and minutes that are added up before they are sent to other subtasks
 */
public record ViewOptions(
    Duration allowedLateness, Duration repeatWindow, int recentIds, int combined)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Option<Duration> ALLOWED_LATENESS =
      Option.duration(
          "views.allowed-lateness",
          Duration.ofMinutes(10),
          Duration.ZERO,
          Duration.ofMinutes(60),
          "Time after the end of a UTC hour for which its views still count; whole minutes");
  private static final Option<Duration> REPEAT_WINDOW =
      Option.duration(
          "views.dedup-window",
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "Time for which a view with the same eventId is a duplicate");
  private static final Option<Integer> RECENT_IDS =
      Option.integer(
          "views.dedup-max-ids",
          1_000_000,
          1,
          100_000_000,
          "Maximum eventIds kept per partition, in each of two generations; 8 to 20 bytes each");
  private static final Option<Integer> COMBINED =
      Option.integer(
          "views.combiner-max-entries",
          131_072,
          1,
          10_000_000,
          "Maximum pairs of video and minute that a subtask combines before the shuffle; 140 to 270"
              + " bytes each, up to 2 KB more with many viewers");

  /** All options of this record, for a job to add its own to. */
  public static final List<Option<?>> ALL =
      List.of(ALLOWED_LATENESS, REPEAT_WINDOW, RECENT_IDS, COMBINED);

  /** Drops parts of a minute. */
  public ViewOptions {
    allowedLateness = Duration.ofMinutes(allowedLateness.toMinutes());
  }

  /** Takes the values that were given. */
  public static ViewOptions from(Options options) {
    return new ViewOptions(
        options.get(ALLOWED_LATENESS),
        options.get(REPEAT_WINDOW),
        options.get(RECENT_IDS),
        options.get(COMBINED));
  }
}
