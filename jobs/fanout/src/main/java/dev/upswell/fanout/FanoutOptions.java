package dev.upswell.fanout;

import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.runtime.JobOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the fan-out wants to know.
 *
 * @param job what every job wants to know
 * @param feeds how much is kept, and for how long
 * @param activityWindow how long after a session a viewer is pushed to
 * @param dryRun whether to print the plan instead of running it
 */
public record FanoutOptions(
    JobOptions job, FeedSettings feeds, Duration activityWindow, boolean dryRun) {
  private static final Option<Duration> ACTIVITY_WINDOW =
      Option.duration(
          "activity.window",
          Duration.ofHours(24),
          Duration.ofSeconds(1),
          Duration.ofDays(365),
          "How long after a session a viewer is pushed to");

  private static final Option<Boolean> DRY_RUN =
      Option.flag("dry-run", "Print the plan of the job as JSON instead of running it");

  /** All options of this job. */
  public static OptionSet options() {
    List<Option<?>> all = new ArrayList<>(JobOptions.ALL);
    all.addAll(FeedOptions.ALL);
    all.addAll(List.of(ACTIVITY_WINDOW, DRY_RUN));
    return OptionSet.of("fanout", "Puts published videos into the feeds of followers.", all)
        .passing(JobOptions.KAFKA_PREFIX);
  }

  /** Takes the values that were given. */
  public static FanoutOptions from(Options options) {
    return new FanoutOptions(
        JobOptions.from(options),
        FeedOptions.from(options),
        options.get(ACTIVITY_WINDOW),
        options.get(DRY_RUN));
  }
}
