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
import java.util.Locale;

/**
 * The options of the trending job.
 *
 * @param job the options that all jobs share
 * @param views lateness and deduplication of views
 * @param trending scoring of videos and selection of lists
 * @param devices kinds of devices with scopes of their own
 * @param caps limits on the contribution of one viewer
 * @param metadataTtl lifetime of video metadata in state
 * @param ttl lifetime of lists in Redis without an update
 */
public record TrendingOptions(
    JobOptions job,
    ViewOptions views,
    TrendingSettings trending,
    List<String> devices,
    Caps caps,
    Duration metadataTtl,
    Duration ttl) {
  private static final TrendingSettings DEFAULTS = TrendingSettings.defaults();
  private static final TrendWeights WEIGHTS = TrendWeights.DEFAULTS;
  private static final int PERCENT = 100;
  private static final int MAX_WEIGHT = 1_000;

  private static final Option<Duration> HALF_LIFE =
      Option.duration(
          "trending.half-life",
          DEFAULTS.halfLife(),
          Duration.ofSeconds(10),
          Duration.ofHours(6),
          "Half-life of current engagement");
  private static final Option<Duration> BASELINE_HALF_LIFE =
      Option.duration(
          "trending.baseline-half-life",
          DEFAULTS.baselineHalfLife(),
          Duration.ofMinutes(10),
          Duration.ofDays(7),
          "Half-life of the baseline; longer than trending.half-life");
  private static final Option<Duration> PRIOR =
      Option.duration(
          "trending.prior",
          DEFAULTS.prior(),
          Duration.ofSeconds(10),
          Duration.ofDays(1),
          "Weight of the creator's usual engagement in the baseline of a new video, as a time span");
  private static final Option<Double> FLOOR =
      Option.decimal(
          "trending.min-baseline",
          DEFAULTS.floor(),
          0.1,
          1_000_000,
          "Minimum baseline, so that videos without a past do not score by a few views");
  private static final Option<Double> LEAST_RISE =
      Option.decimal(
          "trending.min-score",
          DEFAULTS.minScore(),
          0,
          1_000,
          "Minimum score of a rising video, in standard deviations above its baseline");
  private static final Option<Double> LEAST_VIEWERS =
      Option.decimal(
          "spam.min-viewers",
          SpamRules.DEFAULTS.minViewers(),
          0.1,
          1_000_000,
          "Minimum distinct viewers, decayed, of a video in a list");
  private static final Option<Integer> DISTINCT_PERCENT =
      Option.integer(
          "spam.min-distinct-percent",
          (int) (PERCENT * SpamRules.DEFAULTS.distinctShare()),
          0,
          PERCENT,
          "Minimum percentage of views by viewers with no counted view of the video in the hour before");
  private static final Option<Double> ENGAGEMENT_PER_VIEW =
      Option.decimal(
          "spam.max-engagement-per-view",
          SpamRules.DEFAULTS.maxEngagementPerView(),
          0,
          1_000,
          "Maximum engagement that counts per unit of view weight");
  private static final Option<Integer> MAX_PLAYS =
      Option.integer(
          "spam.max-plays",
          3,
          1,
          255,
          "Maximum plays of a video by one viewer that count within an hour");
  private static final Option<Integer> MAX_TRACKED =
      Option.integer(
          "spam.max-tracked",
          1_000_000,
          1_000,
          100_000_000,
          "Maximum pairs of viewer and video that a subtask tracks, in each of two generations; 8 to 32 bytes each");
  private static final Option<Integer> VIEW = weight("view", WEIGHTS.view(), "a view");
  private static final Option<Integer> COMPLETED =
      weight("completed", WEIGHTS.completed(), "a completed view; replaces weights.view");
  private static final Option<Integer> LIKE = weight("like", WEIGHTS.like(), "a like");
  private static final Option<Integer> COMMENT = weight("comment", WEIGHTS.comment(), "a comment");
  private static final Option<Integer> SHARE = weight("share", WEIGHTS.share(), "a share");
  private static final Option<Integer> NOT_INTERESTED =
      weight("not-interested", WEIGHTS.notInterested(), "a NOT_INTERESTED; lowers the score");
  private static final Option<Integer> REPORT =
      weight("report", WEIGHTS.report(), "a report; lowers the score");
  private static final Option<Integer> SIZE =
      Option.integer(
          "lists.size", DiversityRules.DEFAULTS.size(), 1, PERCENT, "Maximum videos in a list");
  private static final Option<Integer> PER_CREATOR =
      Option.integer(
          "lists.per-creator",
          DiversityRules.DEFAULTS.perCreator(),
          1,
          PERCENT,
          "Maximum videos of one creator in a list");
  private static final Option<Integer> PER_CATEGORY =
      Option.integer(
          "lists.per-category",
          DiversityRules.DEFAULTS.perCategory(),
          1,
          PERCENT,
          "Maximum videos of one category in a list of all categories");
  private static final Option<Duration> TTL =
      Option.duration(
          "lists.ttl",
          Duration.ofDays(2),
          Duration.ofHours(1),
          Duration.ofDays(30),
          "Lifetime of lists in Redis without an update");
  private static final Option<String> DEVICES =
      Option.text(
          "scopes.devices",
          "android,ios,web,tv",
          "Kinds of devices with scopes of their own, at most 14; all others share the scope other. Case is ignored");
  private static final Option<Duration> METADATA_TTL =
      Option.duration(
          "video.ttl",
          Duration.ofDays(90),
          Duration.ofHours(1),
          Duration.ofDays(3_650),
          "Lifetime of creator, category and visibility of a video in state without records and counts");

  /**
   * Limits on the contribution of one viewer.
   *
   * @param maxPlays maximum plays of a video that count within an hour
   * @param maxTracked maximum pairs of viewer and video, in each of two generations
   */
  public record Caps(int maxPlays, int maxTracked) {}

  /** Copies the devices. */
  public TrendingOptions {
    devices = List.copyOf(devices);
  }

  private static Option<Integer> weight(String name, int value, String of) {
    return Option.integer("weights." + name, value, 0, MAX_WEIGHT, "Weight of " + of);
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
            MAX_PLAYS,
            MAX_TRACKED,
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
            METADATA_TTL));
    return OptionSet.of("trending", "Lists rising and most viewed videos per scope.", all)
        .passing(JobOptions.KAFKA_PREFIX);
  }

  /** Reads the options of this job. */
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
        new Caps(options.get(MAX_PLAYS), options.get(MAX_TRACKED)),
        options.get(METADATA_TTL),
        options.get(TTL));
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
            .map(device -> device.strip().toLowerCase(Locale.ROOT))
            .filter(device -> !device.isEmpty())
            .toList();
    // Rejects invalid devices before the job is submitted.
    new ScopeKey(devices);
    return devices;
  }
}
