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
 * The options of the viral detector.
 *
 * @param job the options that all jobs share
 * @param views lateness and deduplication of views
 * @param tiers thresholds of the tiers
 * @param forecasts settings of the first-hour forecast
 * @param ttl lifetime of views and tiers in Redis without an update
 * @param metadataTtl lifetime of creator and visibility of a video without records and views
 */
public record ViralOptions(
    JobOptions job,
    ViewOptions views,
    TierSettings tiers,
    ForecastSettings forecasts,
    Duration ttl,
    Duration metadataTtl) {
  private static final int PERCENT = 100;

  private static final Option<Integer> VIRAL_ABOVE =
      Option.integer(
          "tiers.viral-above",
          100_000,
          0,
          1_000_000_000,
          "Views in the last hour above which a video is viral and assigned to the edge");
  private static final Option<Integer> EDGE_PERCENT =
      Option.integer(
          "tiers.edge-percent",
          1,
          0,
          PERCENT,
          "Percentage of the most viewed videos that are assigned to the edge");
  private static final Option<Integer> REGIONAL_PERCENT =
      Option.integer(
          "tiers.regional-percent",
          10,
          0,
          PERCENT,
          "Percentage of the most viewed videos in the edge and regional tiers together");
  private static final Option<Integer> KEEP_PERCENT =
      Option.integer(
          "tiers.keep-percent",
          70,
          0,
          PERCENT,
          "Percentage of its threshold below which a video is demoted after tiers.dwell");
  private static final Option<Duration> DWELL =
      Option.duration(
          "tiers.dwell",
          Duration.ofMinutes(10),
          Duration.ZERO,
          Duration.ofHours(24),
          "Time below tiers.keep-percent before a demotion; whole minutes");
  private static final Option<Integer> DISTINCT_PERCENT =
      Option.integer(
          "tiers.min-distinct-percent",
          20,
          0,
          PERCENT,
          "Minimum percentage of views by distinct viewers for a promotion");
  private static final Option<Duration> TTL =
      Option.duration(
          "tiers.ttl",
          Duration.ofHours(2),
          Duration.ofMinutes(61),
          Duration.ofDays(7),
          "Lifetime of views and tier in Redis without an update; tiers are refreshed every hour");
  private static final Option<Duration> METADATA_TTL =
      Option.duration(
          "video.ttl",
          Duration.ofDays(90),
          Duration.ofDays(1),
          Duration.ofDays(3_650),
          "Lifetime of creator and visibility of a video in state without records and views");
  private static final Option<Integer> FORECAST_MIN_VIEWS =
      Option.integer(
          "forecast.min-views",
          ForecastSettings.defaults().minimum(),
          1,
          1_000_000,
          "Minimum views before the first hour is forecast");
  private static final Option<Integer> FORECAST_CONFIDENCE =
      Option.integer(
          "forecast.confidence-percent",
          80,
          50,
          99,
          "Confidence that a forecast needs for a promotion, in percent");
  private static final Option<Duration> FORECAST_HALF_LIFE =
      Option.duration(
          "forecast.half-life",
          ForecastSettings.defaults().halfLife(),
          Duration.ofHours(1),
          Duration.ofDays(365),
          "Half-life of a video in the training data of the forecast");

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
            METADATA_TTL,
            FORECAST_MIN_VIEWS,
            FORECAST_CONFIDENCE,
            FORECAST_HALF_LIFE));
    return OptionSet.of(
            "viral-detector", "Counts views per hour and assigns videos to cache tiers.", all)
        .passing(JobOptions.KAFKA_PREFIX);
  }

  /** Reads the options of this job. */
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
            options.get(FORECAST_MIN_VIEWS),
            share(options.get(FORECAST_CONFIDENCE)),
            options.get(FORECAST_HALF_LIFE)),
        options.get(TTL),
        options.get(METADATA_TTL));
  }

  private static double share(int percent) {
    return (double) percent / PERCENT;
  }
}
