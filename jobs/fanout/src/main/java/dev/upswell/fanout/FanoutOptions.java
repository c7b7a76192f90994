package dev.upswell.fanout;

import dev.upswell.fanout.audience.FeedWriterSettings;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.creator.FanOutPolicy;
import dev.upswell.feeds.pull.AdaptivePullThreshold;
import dev.upswell.feeds.pull.PullHysteresis;
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
 * @param pullCreators how many followers are too many to push to
 * @param pullViewers how many followees are too many to be pushed to
 * @param lagBudget how late the 99th percentile of pushes may be before large creators are pulled
 * @param dryRun whether to print the plan instead of running it
 */
public record FanoutOptions(
    JobOptions job,
    FeedSettings feeds,
    Duration activityWindow,
    PullHysteresis pullCreators,
    PullHysteresis pullViewers,
    Duration lagBudget,
    boolean dryRun) {
  /** Audiences of a large creator: more than subtasks, or they would not be even. */
  private static final int AUDIENCES = 64;

  /** Members from which on a fan-out is worth being spread over subtasks. */
  private static final long SPREAD_ABOVE = 16_384;

  /** Of the users in a row few follow the same creator, so a block has those of many rows. */
  private static final int NEIGHBOURS = 1_024;

  private static final Option<Duration> ACTIVITY_WINDOW =
      Option.duration(
          "activity.window",
          Duration.ofHours(24),
          Duration.ofSeconds(1),
          Duration.ofDays(365),
          "How long after a session a viewer is pushed to");

  private static final Option<Integer> PULL_CREATORS_ABOVE =
      Option.integer(
          "pull.creators-above",
          1_000_000,
          0,
          1_000_000_000,
          "Followers above which a creator's videos are merged in by readers instead of pushed");
  private static final Option<Integer> PULL_VIEWERS_ABOVE =
      Option.integer(
          "pull.viewers-above",
          1_000,
          0,
          1_000_000,
          "Followees above which a viewer's feed is computed by readers instead of pushed to");
  private static final Option<Duration> PULL_HOLD =
      Option.duration(
          "pull.cooldown",
          Duration.ofHours(25),
          Duration.ZERO,
          Duration.ofDays(30),
          "How long they have to be down to nine tenths of that before they are pushed again");

  private static final Option<Duration> LAG_BUDGET =
      Option.duration(
          "delivery.latency-target",
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofDays(1),
          "How late 99 % of pushes may be before the largest creators are pulled until it is over");

  private static final Option<Boolean> DRY_RUN =
      Option.flag("dry-run", "Print the plan of the job as JSON instead of running it");

  /** All options of this job. */
  public static OptionSet options() {
    List<Option<?>> all = new ArrayList<>(JobOptions.ALL);
    all.addAll(FeedOptions.ALL);
    all.addAll(
        List.of(
            ACTIVITY_WINDOW,
            PULL_CREATORS_ABOVE,
            PULL_VIEWERS_ABOVE,
            PULL_HOLD,
            LAG_BUDGET,
            DRY_RUN));
    return OptionSet.of("fanout", "Puts published videos into the feeds of followers.", all)
        .passing(JobOptions.KAFKA_PREFIX);
  }

  /** Where feeds are. */
  FeedWriterSettings target() {
    return new FeedWriterSettings(job.redis(), job.redisWrites(), feeds);
  }

  /** When to push to fewer. */
  AdaptivePullThreshold brownOut() {
    return new AdaptivePullThreshold(pullCreators.above(), lagBudget);
  }

  /** How creators decide. */
  FanOutPolicy creator() {
    return new FanOutPolicy(
        AUDIENCES, SPREAD_ABOVE, NEIGHBOURS, feeds.pulledRefresh().multipliedBy(2));
  }

  /** Takes the values that were given. */
  public static FanoutOptions from(Options options) {
    return new FanoutOptions(
        JobOptions.from(options),
        FeedOptions.from(options),
        options.get(ACTIVITY_WINDOW),
        new PullHysteresis(options.get(PULL_CREATORS_ABOVE), options.get(PULL_HOLD)),
        new PullHysteresis(options.get(PULL_VIEWERS_ABOVE), options.get(PULL_HOLD)),
        options.get(LAG_BUDGET),
        options.get(DRY_RUN));
  }
}
