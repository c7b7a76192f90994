package dev.upswell.trending;

import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.SpamRules;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.runtime.JobOptions;
import dev.upswell.views.source.ViewOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What trending wants to know.
 *
 * @param job what every job wants to know
 * @param views how views are read
 * @param trending how videos are scored and lists are filled
 * @param devices that have segments of their own
 * @param caps what one viewer may add
 * @param factsTtl how long what was said of a video is kept
 * @param ttl how long Redis keeps lists that are not said again
 * @param dryRun whether to print the plan instead of running it
 */
public record TrendingOptions(
    JobOptions job,
    ViewOptions views,
    TrendingSettings trending,
    List<String> devices,
    Caps caps,
    Duration factsTtl,
    Duration ttl,
    boolean dryRun) {
  private static final TrendingSettings DEFAULTS = TrendingSettings.defaults();
  private static final TrendWeights WEIGHTS = TrendWeights.DEFAULTS;
  private static final int PERCENT = 100;
  private static final int MOST_WEIGHT = 1_000;

  private static final Option<Duration> HALF_LIFE =
      Option.duration(
          "trending.half-life",
          DEFAULTS.halfLife(),
          Duration.ofSeconds(10),
          Duration.ofHours(6),
          "After how long what happened counts half as happening now");
  private static final Option<Duration> BASELINE_HALF_LIFE =
      Option.duration(
          "trending.baseline-half-life",
          DEFAULTS.baselineHalfLife(),
          Duration.ofMinutes(10),
          Duration.ofDays(7),
          "After how long it counts half in what is to be expected; longer than trending.half-life");
  private static final Option<Duration> PRIOR =
      Option.duration(
          "trending.prior",
          DEFAULTS.prior(),
          Duration.ofSeconds(10),
          Duration.ofDays(1),
          "How much of a past the usual audience of its creator stands for when a video is new");
  private static final Option<Double> FLOOR =
      Option.decimal(
          "trending.min-baseline",
          DEFAULTS.floor(),
          0.1,
          1_000_000,
          "Engagement below which no expectation is trusted");
  private static final Option<Double> LEAST_RISE =
      Option.decimal(
          "trending.min-score",
          DEFAULTS.leastRise(),
          0,
          1_000,
          "Deviations above what is expected from which on a video is rising");
  private static final Option<Double> LEAST_VIEWERS =
      Option.decimal(
          "spam.min-viewers",
          SpamRules.DEFAULTS.leastViewers(),
          0.1,
          1_000_000,
          "Different viewers, decayed, without whom a video is in no list");
  private static final Option<Integer> DISTINCT_PERCENT =
      Option.integer(
          "spam.min-distinct-percent",
          (int) (PERCENT * SpamRules.DEFAULTS.distinctShare()),
          0,
          PERCENT,
          "Percent of views that have to come from viewers who had not watched in that UTC hour before");
  private static final Option<Double> ENGAGEMENT_PER_VIEW =
      Option.decimal(
          "spam.max-engagement-per-view",
          SpamRules.DEFAULTS.engagementPerView(),
          0,
          1_000,
          "Most engagement that counts for each unit of what views weigh");
  private static final Option<Integer> PLAYS =
      Option.integer(
          "spam.max-plays", 3, 1, 255, "Plays of a video by one viewer that count in a UTC hour");
  private static final Option<Integer> REMEMBERED =
      Option.integer(
          "spam.max-tracked",
          1_000_000,
          1_000,
          100_000_000,
          "Viewers and videos of a UTC hour that a subtask knows, in each of two generations; 8 to 32 bytes each");
  private static final Option<Integer> VIEW = weight("view", WEIGHTS.view(), "a view");
  private static final Option<Integer> COMPLETED =
      weight("completed", WEIGHTS.completed(), "a view to the end, instead of weights.view");
  private static final Option<Integer> LIKE = weight("like", WEIGHTS.like(), "a like");
  private static final Option<Integer> COMMENT = weight("comment", WEIGHTS.comment(), "a comment");
  private static final Option<Integer> SHARE = weight("share", WEIGHTS.share(), "a share");
  private static final Option<Integer> NOT_INTERESTED =
      weight("not-interested", WEIGHTS.notInterested(), "not being interested; pushes down");
  private static final Option<Integer> REPORT =
      weight("report", WEIGHTS.report(), "a report; pushes down");
  private static final Option<Integer> SIZE =
      Option.integer("lists.size", DiversityRules.DEFAULTS.size(), 1, PERCENT, "Videos in a list");
  private static final Option<Integer> PER_CREATOR =
      Option.integer(
          "lists.per-creator",
          DiversityRules.DEFAULTS.perCreator(),
          1,
          PERCENT,
          "Most videos of one creator in a list");
  private static final Option<Integer> PER_CATEGORY =
      Option.integer(
          "lists.per-category",
          DiversityRules.DEFAULTS.perCategory(),
          1,
          PERCENT,
          "Most videos of one category in a list that is not of one category");
  private static final Option<Duration> TTL =
      Option.duration(
          "lists.ttl",
          Duration.ofDays(2),
          Duration.ofHours(1),
          Duration.ofDays(30),
          "How long Redis keeps lists that are not said again");
  private static final Option<String> DEVICES =
      Option.text(
          "scopes.devices",
          "android,ios,web,tv",
          "Kinds of devices with segments of their own, at most 14; all others are one kind");
  private static final Option<Duration> FACTS_TTL =
      Option.duration(
          "video.ttl",
          Duration.ofDays(90),
          Duration.ofHours(1),
          Duration.ofDays(3_650),
          "How long category and removal of a video are known after they were last said");
  private static final Option<Boolean> DRY_RUN =
      Option.flag("dry-run", "Print the plan of the job as JSON instead of running it");

  /**
   * What one viewer may add.
   *
   * @param plays of a video that count in an hour
   * @param remembered viewers and videos of an hour in each of two generations
   */
  public record Caps(int plays, int remembered) {}

  /** Keeps its own copy. */
  public TrendingOptions {
    devices = List.copyOf(devices);
  }

  private static Option<Integer> weight(String name, int value, String of) {
    return Option.integer("weights." + name, value, 0, MOST_WEIGHT, "What weighs " + of);
  }

  /** All options of this job. */
  public static OptionSet options() {
    List<Option<?>> all = new ArrayList<>(JobOptions.ALL);
    all.addAll(ViewOptions.ALL);
    all.addAll(
        List.of(
            HALF_LIFE,
            BASELINE_HALF_LIFE,
            PRIOR,
            FLOOR,
            LEAST_RISE,
            LEAST_VIEWERS,
            DISTINCT_PERCENT,
            ENGAGEMENT_PER_VIEW,
            PLAYS,
            REMEMBERED,
            VIEW,
            COMPLETED,
            LIKE,
            COMMENT,
            SHARE,
            NOT_INTERESTED,
            REPORT,
            SIZE,
            PER_CREATOR,
            PER_CATEGORY,
            TTL,
            DEVICES,
            FACTS_TTL,
            DRY_RUN));
    return OptionSet.of("trending", "Lists what is rising and what is watched most, by scope.", all)
        .passing(JobOptions.KAFKA_PREFIX);
  }

  /** Takes the values that were given. */
  public static TrendingOptions from(Options options) {
    return new TrendingOptions(
        JobOptions.from(options),
        ViewOptions.from(options),
        new TrendingSettings(
            options.get(HALF_LIFE),
            options.get(BASELINE_HALF_LIFE),
            options.get(PRIOR),
            options.get(FLOOR),
            options.get(LEAST_RISE),
            DEFAULTS.score(),
            new SpamRules(
                options.get(LEAST_VIEWERS),
                (double) options.get(DISTINCT_PERCENT) / PERCENT,
                options.get(ENGAGEMENT_PER_VIEW)),
            weights(options),
            new DiversityRules(
                options.get(SIZE), options.get(PER_CREATOR), options.get(PER_CATEGORY))),
        devices(options.get(DEVICES)),
        new Caps(options.get(PLAYS), options.get(REMEMBERED)),
        options.get(FACTS_TTL),
        options.get(TTL),
        options.get(DRY_RUN));
  }

  private static TrendWeights weights(Options options) {
    return new TrendWeights(
        options.get(VIEW),
        options.get(COMPLETED),
        options.get(LIKE),
        options.get(COMMENT),
        options.get(SHARE),
        options.get(NOT_INTERESTED),
        options.get(REPORT));
  }

  private static List<String> devices(String text) {
    List<String> devices =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(device -> !device.isEmpty())
            .toList();
    // Says what is wrong now, and not on a cluster.
    new ScopeKey(devices);
    return devices;
  }
}
