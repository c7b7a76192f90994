package dev.upswell.benchmarks.trending;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.benchmarks.views.TrendingRates;
import dev.upswell.options.Option;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.processes.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Trending: scores on real data beside simpler ones, then the job beside Flink SQL. */
public final class TrendingBenchmark implements Benchmark {
  static final TrendingSettings DEFAULTS = TrendingSettings.defaults();
  private static final Option<Path> DATA =
      Option.path(
          "data",
          Path.of("../shared/data"),
          "Folder of the recordings, with volumes, higgs and trending; relative to the repository");
  private static final Option<Duration> HALF_LIFE =
      Option.duration(
          "half-life",
          DEFAULTS.halfLife(),
          Duration.ofSeconds(10),
          Duration.ofDays(1),
          "Of what happens now");
  private static final Option<Duration> BASELINE_HALF_LIFE =
      Option.duration(
          "baseline-half-life",
          DEFAULTS.baselineHalfLife(),
          Duration.ofMinutes(1),
          Duration.ofDays(30),
          "Of what is to be expected");
  private static final Option<Double> FLOOR =
      Option.decimal(
          "floor",
          DEFAULTS.floor(),
          0.1,
          1_000_000,
          "Least engagement that is trusted as expected");
  private static final Option<Part> PART =
      Option.choice("part", Part.ALL, "Which rows: all, scores on recordings, or rates of the job");
  private static final Option<Integer> VIEWS =
      Option.integer(
          "views", 36_000_000, 3_000_000, 200_000_000, "Views in the topic; a third with --quick");
  private static final double PERCENT = 100;
  private static final double SOON_SECONDS = 120;

  /** Part of the benchmark. */
  private enum Part {
    ALL,
    SCORES,
    RATES
  }

  /** A benchmark for {@code ./bench}. */
  public TrendingBenchmark() {}

  @Override
  public String name() {
    return "trending";
  }

  @Override
  public String description() {
    return "what is rising: scores on real data, and the job beside Flink SQL's Top-N";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(DATA, HALF_LIFE, BASELINE_HALF_LIFE, FLOOR, PART, VIEWS);
  }

  @Override
  public List<Row> run(Settings settings) {
    Path data = Home.directory().resolve(settings.given().get(DATA));
    TrendingSettings trending =
        new TrendingSettings(
            settings.given().get(HALF_LIFE),
            settings.given().get(BASELINE_HALF_LIFE),
            DEFAULTS.prior(),
            settings.given().get(FLOOR),
            DEFAULTS.minScore(),
            DEFAULTS.score(),
            DEFAULTS.spam(),
            DEFAULTS.weights(),
            DEFAULTS.lists());
    Part part = settings.given().get(PART);
    List<Row> rows = new ArrayList<>();
    if (part != Part.RATES) {
      rows.addAll(scores(data, trending, settings));
    }
    if (part != Part.SCORES) {
      int views = settings.given().get(VIEWS) / (settings.quick() ? 3 : 1);
      rows.addAll(TrendingRates.measure(settings, views));
    }
    return rows;
  }

  private static List<Row> scores(Path data, TrendingSettings trending, Settings settings) {
    List<Row> rows = new ArrayList<>(volumes(data, trending, settings));
    rows.addAll(youTube(data, trending, settings));
    rows.addAll(higgs(data, trending, settings));
    rows.addAll(StateSize.rows(trending));
    return rows;
  }

  private static List<Row> youTube(Path data, TrendingSettings trending, Settings settings) {
    YouTubeLists lists = YouTubeLists.read(data);
    settings.progress("%d lists of YouTube".formatted(lists.size()));
    double popularity = lists.popularity();
    List<Row> rows = new ArrayList<>();
    for (ScoreFormula score : ScoreFormula.values()) {
      rows.add(
          row(
              "YouTube, %s: tomorrow's list, precision at 50".formatted(score),
              lists.ours(trending, score),
              "popularity",
              popularity));
    }
    return rows;
  }

  private static List<Row> higgs(Path data, TrendingSettings trending, Settings settings) {
    HiggsTrends.Result higgs = HiggsTrends.replay(data, trending);
    settings.progress("%d subjects of the surge".formatted(higgs.subjects()));
    long soon = higgs.lags().stream().filter(lag -> lag <= SOON_SECONDS).count();
    Samples lags = new Samples(higgs.lags());
    return List.of(
        Row.of(
                "Higgs: subjects rising within 2 min of 20 viewers in 5 min",
                "%",
                Samples.of(PERCENT * soon / higgs.subjects()))
            .to(Goal.atLeast(PERCENT)),
        Row.of("Higgs: until a subject rises, median", "s", Samples.of(lags.median())),
        Row.of("Higgs: until a subject rises, most", "s", Samples.of(lags.max())),
        Row.of(
                "Higgs: lists of the most watched that equal the oracle's, of %,d"
                    .formatted(higgs.compared()),
                "%",
                Samples.of(PERCENT * higgs.equal() / higgs.compared()))
            .to(Goal.atLeast(PERCENT)));
  }

  private static List<Row> volumes(Path data, TrendingSettings trending, Settings settings) {
    List<Volumes> series = Volumes.read(data);
    settings.progress(
        "%d series of %,d steps, %d marked windows"
            .formatted(
                series.size(),
                series.stream().mapToInt(each -> each.values().size()).sum(),
                series.stream().mapToInt(each -> each.windows().size()).sum()));
    List<List<double[]>> boards =
        series.stream().map(each -> VolumeScores.board(each, trending)).toList();
    Bursts standard =
        Bursts.best(series, series.stream().map(VolumeScores::standardScore).toList());
    Bursts volume = Bursts.best(series, series.stream().map(VolumeScores::volume).toList());
    List<Row> rows = new ArrayList<>();
    for (ScoreFormula score : ScoreFormula.values()) {
      Bursts ours =
          Bursts.best(
              series,
              boards.stream()
                  .map(board -> VolumeScores.scores(board, score, trending.floor()))
                  .toList());
      String name = "NAB, %s from %s: ".formatted(score, Math.round(ours.threshold()));
      rows.add(
          row(name + "precision of bursts", ours.precision(), "z-score", standard.precision()));
      rows.add(row(name + "recall of bursts", ours.recall(), "z-score", standard.recall()));
      rows.add(row(name + "F1", ours.f1(), "z-score", standard.f1()));
    }
    rows.add(
        row(
            "NAB, plain volume: precision of bursts",
            volume.precision(),
            "z-score",
            standard.precision()));
    rows.add(
        row("NAB, plain volume: recall of bursts", volume.recall(), "z-score", standard.recall()));
    rows.add(row("NAB, plain volume: F1", volume.f1(), "z-score", standard.f1()));
    return rows;
  }

  private static Row row(String figure, double ours, String beside, double theirs) {
    return Row.of(figure, "%", Samples.of(PERCENT * ours))
        .beside(beside, Samples.of(PERCENT * theirs));
  }
}
