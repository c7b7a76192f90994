package dev.upswell.benchmarks.codec;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Processor time and allocation of decoding a view. A round runs each decoder once in its own JVM,
 * so that compiled code is not shared.
 */
public final class CodecBenchmark implements Benchmark {
  private static final int ROUNDS = 5;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** Half the time of the fastest other way; see {@code docs/benchmarks.md}. */
  private static final Goal HALF = Goal.ratioAtMost(0.5);

  /** Half a byte per record counts as zero, because the runner allocates it. */
  private static final Goal NO_ALLOCATION = Goal.atMost(0.5);

  /** A benchmark for {@code ./bench}. */
  public CodecBenchmark() {}

  @Override
  public String name() {
    return "codec";
  }

  @Override
  public String description() {
    return "reading a view in both encodings, beside Protobuf's own classes and Jackson";
  }

  @Override
  public List<Row> run(Settings settings) {
    ViewRecords records = new ViewRecords();
    settings.progress(
        "%d views; mean record: Protobuf %d bytes, JSON %d bytes"
            .formatted(
                ViewRecords.COUNT,
                ViewRecords.meanBytes(records.protobuf),
                ViewRecords.meanBytes(records.json)));
    Map<String, List<Double>> nanos = new HashMap<>();
    Map<String, List<Double>> bytes = new HashMap<>();
    int rounds = settings.rounds(ROUNDS);
    for (int round = 1; round <= rounds; round++) {
      settings.progress("round " + round + " of " + rounds);
      for (RunResult result : run(options(settings.quick()))) {
        String way = result.getParams().getBenchmark();
        way = way.substring(way.lastIndexOf('.') + 1);
        nanos
            .computeIfAbsent(way, unused -> new ArrayList<>())
            .add(counted(result, CpuProfiler.LABEL));
        bytes.computeIfAbsent(way, unused -> new ArrayList<>()).add(counted(result, ALLOCATED));
      }
    }
    List<Row> rows = new ArrayList<>();
    rows.addAll(rows(new Figure("CPU", "ns/record", nanos)));
    rows.addAll(rows(new Figure("allocated", "B/record", bytes)));
    return rows;
  }

  private static List<Row> rows(Figure figure) {
    boolean time = figure.unit.startsWith("ns");
    Goal goal = time ? HALF : NO_ALLOCATION;
    return List.of(
        figure
            .row("Protobuf, ViewDecoder", "protobufViewDecoder")
            .beside("View.parseFrom", figure.of("protobufParseFrom"))
            .to(goal),
        figure
            .row("Protobuf, ViewDecoder", "protobufViewDecoder")
            .beside("EventCodec (ours)", figure.of("protobufEventCodec")),
        figure
            .row("Protobuf, EventCodec", "protobufEventCodec")
            .beside("View.parseFrom", figure.of("protobufParseFrom")),
        figure
            .row("JSON, ViewDecoder", "jsonViewDecoder")
            .beside("Jackson, streaming", figure.of("jsonJacksonStream"))
            .to(goal),
        figure
            .row("JSON, ViewDecoder", "jsonViewDecoder")
            .beside("Jackson, to a record", figure.of("jsonJacksonRecord")),
        figure
            .row("JSON, ViewDecoder", "jsonViewDecoder")
            .beside("Jackson, to a tree", figure.of("jsonJacksonTree")),
        figure
            .row("JSON, ViewDecoder", "jsonViewDecoder")
            .beside("JsonFormat", figure.of("jsonJsonFormat")),
        figure
            .row("JSON, ViewDecoder", "jsonViewDecoder")
            .beside("EventCodec (ours)", figure.of("jsonEventCodec")),
        figure
            .row("JSON, EventCodec", "jsonEventCodec")
            .beside("JsonFormat", figure.of("jsonJsonFormat")));
  }

  private static double counted(RunResult result, String label) {
    Result<?> counted = result.getSecondaryResults().get(label);
    if (counted == null) {
      throw new IllegalStateException("JMH did not count " + label);
    }
    return counted.getScore();
  }

  private static Collection<RunResult> run(Options options) {
    try {
      return new Runner(options).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH: " + e.getMessage(), e);
    }
  }

  private static Options options(boolean quick) {
    return new OptionsBuilder()
        .include(ViewReading.class.getName() + "\\.")
        .forks(1)
        .warmupIterations(2)
        .warmupTime(TimeValue.milliseconds(quick ? 300 : 1_000))
        .measurementIterations(quick ? 1 : 2)
        .measurementTime(TimeValue.milliseconds(quick ? 300 : 1_000))
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }

  /** One figure for all methods. */
  private record Figure(String name, String unit, Map<String, List<Double>> byWay) {
    Row row(String what, String way) {
      return Row.of(what + ": " + name, unit, of(way));
    }

    Samples of(String way) {
      List<Double> values = byWay.get(way);
      if (values == null) {
        throw new IllegalStateException("JMH did not run " + way);
      }
      return new Samples(values);
    }
  }
}
