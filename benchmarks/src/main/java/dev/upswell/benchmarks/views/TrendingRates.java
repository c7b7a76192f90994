package dev.upswell.benchmarks.views;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.Topics;
import dev.upswell.processes.Home;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The trending job as it is shipped, beside Top-N of Flink SQL, on the traffic of {@code views}.
 */
public final class TrendingRates {
  private static final int VIDEOS = 100_000;
  private static final int PER_SECOND = 40_000;
  private static final int ROUNDS = 3;
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** So slow that it is stopped before the end of the topic. */
  private static final Duration RIVALS_LIMIT = Duration.ofMinutes(2);

  private TrendingRates() {}

  /**
   * Measures both.
   *
   * @param views in the topic
   */
  public static List<Row> measure(Settings settings, int views) {
    List<Run> ours = new ArrayList<>();
    List<Run> top = new ArrayList<>();
    try (ViewsDeployment deployment = new ViewsDeployment(settings.directory())) {
      Topics topics = deployment.topics("trending.");
      create(deployment.bootstrapServers(), topics);
      Traffic traffic = new Traffic(views, VIDEOS, 0, PER_SECOND, OutputFormat.PROTOBUF);
      Traffic.Sent sent =
          traffic.send(deployment.bootstrapServers(), topics, System.currentTimeMillis());
      settings.progress("%,d views of %,d videos".formatted(views, sent.differentVideos()));
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        ours.add(run(settings, ours(), deployment, topics, views));
        top.add(run(settings, rival(), deployment, topics, views));
      }
    }
    return List.of(
        row("rate", "views/s", ours, top, Run::rate),
        row("rate per core", "views/CPU s", ours, top, Run::perCore).to(Goal.ratioAtLeast(3)),
        Row.of(
            "checkpoint, five regions",
            "bytes/video",
            samples(ours, run -> run.checkpointBytes() / (double) VIDEOS)));
  }

  private static JobContender ours() {
    return new JobContender(
        "ours",
        Home.directory().resolve("jobs/trending/target/trending.jar"),
        "trending",
        // There are no engagements here.
        List.of("--watermark.idle-after", "1s"),
        CHECKPOINTS,
        LIMIT);
  }

  private static JobContender rival() {
    return new JobContender(
        "Flink SQL Top-N over HOP",
        Home.directory().resolve("benchmarks/rivals/target/rivals.jar"),
        "top",
        List.of("--way", "top"),
        CHECKPOINTS,
        RIVALS_LIMIT);
  }

  private static void create(String bootstrapServers, Topics topics) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              Stream.of(topics.engagements(), topics.trending())
                  .map(name -> new NewTopic(name, ViewsDeployment.PARALLELISM, (short) 1))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka makes no topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were made", e);
    }
  }

  private static Run run(
      Settings settings,
      JobContender contender,
      ViewsDeployment deployment,
      Topics topics,
      int views) {
    Run run = contender.run(deployment, topics, views);
    settings.progress(
        "%s: %,.0f views/s, %,.0f a CPU second, checkpoint %,d bytes"
            .formatted(contender.name(), run.rate(), run.perCore(), run.checkpointBytes()));
    return run;
  }

  private static Row row(
      String figure, String unit, List<Run> ours, List<Run> top, ToDoubleFunction<Run> value) {
    return Row.of(figure, unit, samples(ours, value))
        .beside("Flink SQL Top-N over HOP", samples(top, value));
  }

  private static Samples samples(List<Run> runs, ToDoubleFunction<Run> value) {
    return new Samples(runs.stream().mapToDouble(value).boxed().toList());
  }
}
