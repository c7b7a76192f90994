package dev.upswell.benchmarks.sizes;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.process.ApiWithoutKafka;
import dev.upswell.benchmarks.process.CpuTime;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.Home;
import dev.upswell.processes.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Size of a deployment. These figures have goals, but no rivals. */
public final class SizesBenchmark implements Benchmark {
  private static final int STARTS = 5;
  private static final double MEGABYTE = 1e6;
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** A benchmark for {@code ./bench}. */
  public SizesBenchmark() {}

  @Override
  public String name() {
    return "sizes";
  }

  @Override
  public String description() {
    return "the jars of jobs and API; the API's time to start and its memory when idle";
  }

  @Override
  public List<Row> run(Settings settings) {
    List<Double> seconds = new ArrayList<>();
    List<Double> cpuSeconds = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    try (RedisProcess redis = RedisProcess.start(settings.directory())) {
      int starts = settings.rounds(STARTS);
      for (int i = 1; i <= starts; i++) {
        settings.progress("start " + i + " of " + starts);
        try (ApiProcess api = ApiWithoutKafka.start(settings.directory(), redis.uri())) {
          seconds.add(api.startTime().toMillis() / 1_000.0);
          cpuSeconds.add(CpuTime.of(api.pid()).toMillis() / 1_000.0);
          idle();
          megabytes.add(api.memoryBytes().orElseThrow() / MEGABYTE);
        }
      }
    }
    return List.of(
        job("fanout"),
        job("viral-detector"),
        Row.of("serving-api: api.jar", "MB", megabytes(ApiProcess.jar())),
        Row.of("API, start to ready", "s", new Samples(seconds)).to(Goal.atMost(3)),
        Row.of("API, start to ready: CPU", "s", new Samples(cpuSeconds)),
        Row.of("API, resident memory when idle", "MB", new Samples(megabytes)));
  }

  private static Row job(String name) {
    Path jar = Home.directory().resolve("jobs/%s/target/%s.jar".formatted(name, name));
    return Row.of("jobs/%s: %s.jar".formatted(name, name), "MB", megabytes(jar))
        .to(Goal.atMost(40));
  }

  private static Samples megabytes(Path file) {
    try {
      return Samples.of(Files.size(file) / MEGABYTE);
    } catch (IOException e) {
      throw new UncheckedIOException("not built", e);
    }
  }

  /** Waits for work after the start, such as compilation. */
  private static void idle() {
    try {
      TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
