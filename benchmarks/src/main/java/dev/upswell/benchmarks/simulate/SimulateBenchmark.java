package dev.upswell.benchmarks.simulate;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.options.Option;
import dev.upswell.simulation.FailureSearch;
import dev.upswell.simulation.FeedSimulation;
import dev.upswell.simulation.MemoryStore;
import dev.upswell.simulation.Outcome;
import java.util.List;

/** Looks for a history in which a feed is wrong, longer than a test may. */
public final class SimulateBenchmark implements Benchmark {
  private static final Option<Integer> HISTORIES =
      Option.integer("histories", 20_000, 1, Integer.MAX_VALUE, "How many are played");
  private static final Option<Integer> FROM =
      Option.integer(
          "from", 1, 0, Integer.MAX_VALUE, "Number of the first; the same one is the same history");
  private static final int PART = 20_000;
  private static final double NANOS = 1e9;

  /** A benchmark for {@code ./bench}. */
  public SimulateBenchmark() {}

  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String description() {
    return "random histories of feeds, in any interleaving, beside a plain model";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(HISTORIES, FROM);
  }

  @Override
  public List<Row> run(Settings settings) {
    int histories = settings.given().get(HISTORIES);
    long from = settings.given().get(FROM);
    FailureSearch search = FailureSearch.on(() -> new MemoryStore(FeedSimulation.SETTINGS));
    Outcome all = Outcome.NONE;
    long begun = System.nanoTime();
    for (int done = 0; done < histories; done += PART) {
      int count = Math.min(PART, histories - done);
      all = all.and(search.play(from + done, count));
      settings.progress("%,d histories, every feed right".formatted(done + count));
    }
    double seconds = (System.nanoTime() - begun) / NANOS;
    return List.of(
        row("histories, every feed right", "histories", histories),
        row("crashes of the job in them", "crashes", all.crashes()),
        row("pages read warm", "pages", pages(all, Source.WARM)),
        row("pages read from kept feeds", "pages", pages(all, Source.SNAPSHOT)),
        row("pages computed", "pages", pages(all, Source.COMPUTED)),
        row("creators no longer pulled", "releases", all.releases()),
        row("speed", "histories/s", histories / seconds));
  }

  private static int pages(Outcome outcome, Source source) {
    return outcome.pages().getOrDefault(source, 0);
  }

  private static Row row(String figure, String unit, double value) {
    return Row.of(figure, unit, Samples.of(value));
  }
}
