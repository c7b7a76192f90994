package dev.upswell.fanout;

import dev.upswell.fanout.audience.FeedWriterSettings;
import dev.upswell.feeds.FeedOptions;
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
 * The options of the fan-out.
 *
 * @param job the options that all jobs share
 * @param feeds sizes and lifetimes of feeds and outboxes
 * @param activityWindow time after a session for which a viewer is active
 * @param pullCreators number of followers above which a creator is pulled
 * @param pullViewers number of followees above which a viewer is pulled
 * @param latencyTarget 99th percentile of push latency above which large creators are pulled
 */
public record FanoutOptions(
    JobOptions job,
    FeedOptions feeds,
    Duration activityWindow,
    PullHysteresis pullCreators,
    PullHysteresis pullViewers,
    Duration latencyTarget) {
  /** Audiences of a large creator. More than subtasks, so that load is even. */
  private static final int AUDIENCES = 64;

  /** Members above which a fan-out is spread over several audiences. */
  private static final long SPREAD_ABOVE = 16_384;

  /** Consecutive user ids that share an audience, so that blocks of members are dense. */
  private static final int NEIGHBOURS = 1_024;

  private static final Option<Duration> ACTIVITY_WINDOW =
      Option.duration(
          "activity.window",
          Duration.ofHours(24),
          Duration.ofSeconds(1),
          Duration.ofDays(365),
          "Time after a session for which a viewer is pushed to");

  private static final Option<Integer> PULL_CREATORS_ABOVE =
      Option.integer(
          "pull.creators-above",
          1_000_000,
          0,
          1_000_000_000,
          "Followers above which a creator is pulled: readers merge the outbox, nothing is pushed");
  private static final Option<Integer> PULL_VIEWERS_ABOVE =
      Option.integer(
          "pull.viewers-above",
          1_000,
          0,
          1_000_000,
          "Followees above which a viewer is pulled: feeds are computed on read, nothing is pushed");
  private static final Option<Duration> PULL_COOLDOWN =
      Option.duration(
          "pull.cooldown",
          Duration.ofHours(25),
          Duration.ZERO,
          Duration.ofDays(30),
          "Time at or below nine tenths of the threshold before a creator or viewer is pushed again");

  private static final Option<Duration> LATENCY_TARGET =
      Option.duration(
          "delivery.latency-target",
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofDays(1),
          "99th percentile of push latency above which the largest creators are pulled temporarily");

  /** All options of this job. */
  public static OptionSet options() {
    List<Option<?>> all = new ArrayList<>(JobOptions.ALL);
    all.addAll(FeedOptions.ALL);
    all.addAll(
        List.of(
            ACTIVITY_WINDOW,
            PULL_CREATORS_ABOVE,
            PULL_VIEWERS_ABOVE,
            PULL_COOLDOWN,
            LATENCY_TARGET));
    return OptionSet.of("fanout", "Pushes published videos to the feeds of followers.", all)
        .passing(JobOptions.KAFKA_PREFIX);
  }

  /** Connection and batching of the feed writers. */
  FeedWriterSettings feedWriters() {
    return new FeedWriterSettings(job.redis(), job.redisWrites(), feeds);
  }

  /** Lowers the pull threshold while pushes are slow. */
  AdaptivePullThreshold adaptivePull() {
    return new AdaptivePullThreshold(pullCreators.above(), latencyTarget);
  }

  /** Push or pull, and the audiences of a creator. */
  FanOutPolicy policy() {
    return new FanOutPolicy(
        AUDIENCES, SPREAD_ABOVE, NEIGHBOURS, feeds.pulledRefresh().multipliedBy(2));
  }

  /** Reads the options of this job. */
  public static FanoutOptions from(Options options) {
    return new FanoutOptions(
        JobOptions.from(options),
        FeedOptions.from(options),
        options.get(ACTIVITY_WINDOW),
        new PullHysteresis(options.get(PULL_CREATORS_ABOVE), options.get(PULL_COOLDOWN)),
        new PullHysteresis(options.get(PULL_VIEWERS_ABOVE), options.get(PULL_COOLDOWN)),
        options.get(LATENCY_TARGET));
  }
}
