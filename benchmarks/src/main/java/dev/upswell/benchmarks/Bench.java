package dev.upswell.benchmarks;

import dev.upswell.benchmarks.codec.CodecBenchmark;
import dev.upswell.benchmarks.fanout.FanoutBenchmark;
import dev.upswell.benchmarks.feed.FeedReadBenchmark;
import dev.upswell.benchmarks.forecast.ForecastBenchmark;
import dev.upswell.benchmarks.push.PushBenchmark;
import dev.upswell.benchmarks.report.Report;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.serving.ServingBenchmark;
import dev.upswell.benchmarks.simulate.SimulateBenchmark;
import dev.upswell.benchmarks.sizes.SizesBenchmark;
import dev.upswell.benchmarks.trending.TrendingBenchmark;
import dev.upswell.benchmarks.views.ViewsBenchmark;
import dev.upswell.benchmarks.wasted.WastedBenchmark;
import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.processes.Home;
import dev.upswell.processes.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs a benchmark by its name: {@code NAME [--quick] [--report FILE]}, or {@code --list}. */
public final class Bench {
  private static final List<Benchmark> ALL =
      List.of(
          new CodecBenchmark(),
          new FanoutBenchmark(),
          new FeedReadBenchmark(),
          new ForecastBenchmark(),
          new PushBenchmark(),
          new ServingBenchmark(),
          new SimulateBenchmark(),
          new SizesBenchmark(),
          new TrendingBenchmark(),
          new ViewsBenchmark(),
          new WastedBenchmark());

  private static final String USAGE =
      "usage: ./bench NAME [--quick] [--report FILE], or ./bench --list";

  private Bench() {}

  /** Runs a benchmark. Exits with 0, with 1 after a failure, with 2 for invalid arguments. */
  public static void main(String[] args) throws IOException {
    if (args.length == 1 && args[0].equals("--list")) {
      ALL.forEach(known -> System.out.printf("%-12s%s%n", known.name(), known.description()));
      return;
    }
    Optional<Benchmark> benchmark = args.length == 0 ? Optional.empty() : byName(args[0]);
    if (benchmark.isEmpty()) {
      System.err.println(args.length == 0 ? USAGE : unknown(args[0]));
      System.exit(OptionSet.WRONG_OPTIONS);
    } else {
      run(benchmark.get(), Arrays.copyOfRange(args, 1, args.length));
    }
  }

  private static void run(Benchmark benchmark, String[] args) throws IOException {
    Path target = Home.directory().resolve("benchmarks").resolve("target");
    Option<Boolean> quick = Option.flag("quick", "Fewer and shorter rounds: only to see it work");
    Option<Path> file =
        Option.path(
            "report",
            target.resolve("reports").resolve(benchmark.name() + ".json"),
            "File that the rows are written to as JSON");
    List<Option<?>> all = new ArrayList<>(List.of(quick, file));
    all.addAll(benchmark.options());
    Options options =
        OptionSet.of("bench " + benchmark.name(), benchmark.description(), all).readOrExit(args);
    Path directory = Files.createDirectories(target.resolve("runs"));
    Settings settings =
        new Settings(
            options.get(quick),
            Files.createTempDirectory(directory, benchmark.name() + "-"),
            options,
            System.out);
    System.out.println(benchmark.name() + ": " + benchmark.description());
    settings.progress(machine());
    try {
      List<Row> rows = benchmark.run(settings);
      System.out.println();
      System.out.print(Report.table(rows));
      System.out.println("\nwritten to " + write(options.get(file), rows));
    } catch (ProcessFailedException | IllegalStateException | UncheckedIOException e) {
      System.err.println("FAILED " + e.getMessage());
      System.exit(1);
    }
  }

  /** Returns the machine. A load above the number of processors means a noisy run. */
  private static String machine() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return "%d processors (%s), Java %s, load before %.1f"
        .formatted(
            system.getAvailableProcessors(),
            system.getArch(),
            Runtime.version(),
            system.getSystemLoadAverage());
  }

  private static Path write(Path file, List<Row> rows) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.resolveSibling(""));
    return Files.writeString(absolute, Report.json(rows));
  }

  private static Optional<Benchmark> byName(String name) {
    return ALL.stream().filter(known -> known.name().equals(name)).findFirst();
  }

  private static String unknown(String name) {
    return "benchmark: %s (expected: %s)%n%s"
        .formatted(name, String.join(", ", ALL.stream().map(Benchmark::name).toList()), USAGE);
  }
}
