package dev.upswell.viral;

import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.popularity.tiers.TierSettings;
import dev.upswell.runtime.JobOptions;
import dev.upswell.views.source.ViewOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the viral detector wants to know.
 *
 * @param job what every job wants to know
 * @param views how views are read
 * @param tiers the limits of tiers
 * @param forecasts how young videos are judged
 * @param ttl how long Redis keeps what is not said again
 * @param dryRun whether to print the plan instead of running it
 */
public record ViralOptions(
    JobOptions job,
    ViewOptions views,
    TierSettings tiers,
    ForecastSettings forecasts,
    Duration ttl,
    boolean dryRun) {
  private static final int PERCENT = 100;

  private static final Option<Integer> VIRAL_ABOVE =
      Option.integer(
          "tiers.viral-above",
          100_000,
          0,
          1_000_000_000,
          "Views in the last hour above which a video is viral, and goes to the edge");
  private static final Option<Integer> EDGE_PERCENT =
      Option.integer(
          "tiers.edge-percent", 1, 0, PERCENT, "Most watched percent of videos at the edge");
  private static final Option<Integer> REGIONAL_PERCENT =
      Option.integer(
          "tiers.regional-percent",
          10,
          0,
          PERCENT,
          "Most watched percent of videos in the regions, those at the edge among them");
  private static final Option<Integer> KEEP_PERCENT =
      Option.integer(
          "tiers.keep-percent",
          70,
          0,
          PERCENT,
          "Percent of its threshold below which a video does not stay in its tier");
  private static final Option<Duration> DWELL =
      Option.duration(
          "tiers.dwell",
          Duration.ofMinutes(10),
          Duration.ZERO,
          Duration.ofHours(24),
          "For how long it has to be below that; whole minutes");
  private static final Option<Integer> DISTINCT_PERCENT =
      Option.integer(
          "tiers.min-distinct-percent",
          20,
          0,
          PERCENT,
          "Percent of views that have to come from different viewers for a promotion");
  private static final Option<Duration> TTL =
      Option.duration(
          "tiers.ttl",
          Duration.ofHours(2),
          Duration.ofMinutes(61),
          Duration.ofDays(7),
          "How long Redis keeps views and tier of a video without news; tiers are said each hour");
  private static final Option<Integer> FORECAST_FROM =
      Option.integer(
          "forecast.min-views",
          ForecastSettings.defaults().minimum(),
          1,
          1_000_000,
          "Views of a video from which on its first hour is forecast");
  private static final Option<Integer> FORECAST_CONFIDENCE =
      Option.integer(
          "forecast.confidence-percent",
          80,
          50,
          99,
          "How sure a forecast must be that a threshold will be crossed");
  private static final Option<Duration> FORECAST_HALF_LIFE =
      Option.duration(
          "forecast.half-life",
          ForecastSettings.defaults().halfLife(),
          Duration.ofHours(1),
          Duration.ofDays(365),
          "After how long a video counts half in what forecasts are learned from");
  private static final Option<Boolean> DRY_RUN =
      Option.flag("dry-run", "Print the plan of the job as JSON instead of running it");

  /** All options of this job. */
  public static OptionSet options() {
    List<Option<?>> all = new ArrayList<>(JobOptions.ALL);
    all.addAll(ViewOptions.ALL);
    all.addAll(
        List.of(
            VIRAL_ABOVE,
            EDGE_PERCENT,
            REGIONAL_PERCENT,
            KEEP_PERCENT,
            DWELL,
            DISTINCT_PERCENT,
            TTL,
            FORECAST_FROM,
            FORECAST_CONFIDENCE,
            FORECAST_HALF_LIFE,
            DRY_RUN));
    return OptionSet.of(
            "viral-detector", "Counts views by the hour and promotes videos to their tier.", all)
        .passing(JobOptions.KAFKA_PREFIX);
  }

  /** Takes the values that were given. */
  public static ViralOptions from(Options options) {
    return new ViralOptions(
        JobOptions.from(options),
        ViewOptions.from(options),
        new TierSettings(
            options.get(VIRAL_ABOVE),
            share(options.get(EDGE_PERCENT)),
            share(options.get(REGIONAL_PERCENT)),
            share(options.get(KEEP_PERCENT)),
            (int) options.get(DWELL).toMinutes(),
            share(options.get(DISTINCT_PERCENT))),
        new ForecastSettings(
            options.get(FORECAST_FROM),
            share(options.get(FORECAST_CONFIDENCE)),
            options.get(FORECAST_HALF_LIFE)),
        options.get(TTL),
        options.get(DRY_RUN));
  }

  private static double share(int percent) {
    return (double) percent / PERCENT;
  }
}
