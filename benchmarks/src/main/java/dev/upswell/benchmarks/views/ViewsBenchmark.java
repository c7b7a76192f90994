package dev.upswell.benchmarks.views;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.Topics;
import dev.upswell.options.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The viral detector as it is deployed: from views in Kafka to hours, tiers and Redis. */
public final class ViewsBenchmark implements Benchmark {
  private static final Option<Integer> VIEWS =
      Option.integer(
          "views", 72_000_000, 1_000_000, 200_000_000, "Views in a topic; half where less will do");
  private static final Option<Part> PART =
      Option.choice("part", Part.ALL, "Which rows: all, or those of one kind of traffic");
  private static final int VIDEOS = 100_000;

  /** Views per second of event time, at which each video has 24 per minute on average. */
  private static final int OFTEN = 40_000;

  /** About 2.4 views per video and minute instead of 24. */
  private static final int SELDOM = 4_000;

  private static final int[] GROWTH = {10_000, 1_000_000};
  private static final int[] HOT_PERCENTS = {50, 90};
  private static final int ROUNDS = 3;
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** A benchmark for {@code ./bench}. */
  public ViewsBenchmark() {}

  @Override
  public String name() {
    return "views";
  }

  @Override
  public String description() {
    return "the viral detector on real processes: views a second beside Flink's windows and SQL";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(VIEWS, PART);
  }

  /** Traffic with its own rows. */
  private enum Part {
    ALL,
    PROTOBUF,
    JSON,
    SELDOM,
    SKEW,
    GROWTH,
    DAY;

    boolean includes(Part other) {
      return this == ALL || this == other;
    }
  }

  @Override
  public List<Row> run(Settings settings) {
    int views = settings.given().get(VIEWS);
    List<Row> rows = new ArrayList<>();
    try (ViewsDeployment deployment = new ViewsDeployment(settings.directory())) {
      Rounds rounds = new Rounds(settings, deployment, views, new EnumMap<>(OutputFormat.class));
      Part part = settings.given().get(PART);
      if (part.includes(Part.PROTOBUF)) {
        rounds.beside(OutputFormat.PROTOBUF, rows);
      }
      if (part.includes(Part.JSON)) {
        rounds.beside(OutputFormat.JSON, rows);
      }
      if (part.includes(Part.SELDOM)) {
        rounds.seldom(rows);
      }
      if (part.includes(Part.SKEW)) {
        rounds.skewed(rows);
      }
      if (part.includes(Part.GROWTH)) {
        for (int videos : GROWTH) {
          rounds.growth(videos, rows);
        }
      }
      if (part.includes(Part.DAY)) {
        rounds.day(rows);
      }
    }
    return rows;
  }

  /**
   * Shared parts of all rounds.
   *
   * @param usual the usual traffic in its topics, by format
   */
  private record Rounds(
      Settings settings,
      ViewsDeployment deployment,
      int views,
      Map<OutputFormat, Traffic.Sent> usual) {
    void beside(OutputFormat format, List<Row> rows) {
      String name = format == OutputFormat.JSON ? "JSON" : "Protobuf";
      int total = usualViews(format);
      Topics topics = usualTopics(format);
      Traffic.Sent sent = sendUsual(format);
      List<Run> ours = new ArrayList<>();
      List<Run> hop = new ArrayList<>();
      List<Run> read = new ArrayList<>();
      List<Run> bare = new ArrayList<>();
      BareConsumer consumer = new BareConsumer(deployment.bootstrapServers());
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        ours.add(run(JobContender.ours(), topics, total));
        hop.add(run(JobContender.hop(name.toLowerCase(Locale.ROOT)), topics, total));
        read.add(run(JobContender.onlyRead(), topics, total));
        Run consumed = consumer.run(topics.views(), total);
        settings.progress(
            "bare consumer: %,.0f views/s, %,.0f a CPU second"
                .formatted(consumed.rate(), consumed.perCore()));
        bare.add(consumed);
      }
      rows.add(
          row(name + ": rate", "views/s", ours, Run::rate)
              .beside("Flink SQL HOP", samples(hop, Run::rate))
              .to(Goal.ratioAtLeast(2)));
      rows.add(
          row(name + ": rate", "views/s", ours, Run::rate)
              .beside("bare KafkaConsumer", samples(bare, Run::rate))
              .to(Goal.ratioAtLeast(0.6)));
      rows.add(
          row(name + ": rate", "views/s", ours, Run::rate)
              .beside("Flink source alone", samples(read, Run::rate)));
      rows.add(
          row(name + ": rate per core", "views/CPU s", ours, Run::perCore)
              .beside("Flink SQL HOP", samples(hop, Run::perCore)));
      rows.add(
          row(name + ": rate per core", "views/CPU s", ours, Run::perCore)
              .beside("Flink source alone", samples(read, Run::perCore)));
      rows.add(
          row(name + ": rate per core", "views/CPU s", ours, Run::perCore)
              .beside("bare KafkaConsumer", samples(bare, Run::perCore)));
      double videos = sent.differentVideos();
      rows.add(
          row(name + ": checkpoint", "bytes/video", ours, run -> run.checkpointBytes() / videos)
              .beside("Flink SQL HOP", samples(hop, run -> run.checkpointBytes() / videos)));
      if (format == OutputFormat.PROTOBUF) {
        sliding(topics, ours, rows);
      }
    }

    private void sliding(Topics topics, List<Run> ours, List<Row> rows) {
      Duration limit = Duration.ofSeconds(settings.quick() ? 30 : 90);
      Run sliding = run(JobContender.sliding(limit), topics, views);
      List<Run> repeated = ours.stream().map(each -> sliding).toList();
      rows.add(
          row("Protobuf: rate", "views/s", ours, Run::rate)
              .beside("SlidingEventTimeWindows", samples(repeated, Run::rate))
              .to(Goal.ratioAtLeast(50)));
      rows.add(
          row("Protobuf: checkpoint", "bytes/view read", ours, run -> perView(run))
              .beside("SlidingEventTimeWindows", samples(repeated, run -> perView(run))));
    }

    private static double perView(Run run) {
      return (double) run.checkpointBytes() / run.read();
    }

    /**
     * The same videos with a tenth of the views, so that the cost per video and minute weighs more.
     */
    void seldom(List<Row> rows) {
      Topics topics = deployment.topics("seldom.");
      send(topics, new Traffic(views / 2, VIDEOS, 0, SELDOM, OutputFormat.PROTOBUF));
      List<Run> ours = new ArrayList<>();
      List<Run> hop = new ArrayList<>();
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        ours.add(run(JobContender.ours(), topics, views / 2));
        hop.add(run(JobContender.hop("protobuf"), topics, views / 2));
      }
      rows.add(
          row("watched a tenth as often: rate", "views/s", ours, Run::rate)
              .beside("Flink SQL HOP", samples(hop, Run::rate))
              .to(Goal.ratioAtLeast(2)));
      rows.add(
          row("watched a tenth as often: rate per core", "views/CPU s", ours, Run::perCore)
              .beside("Flink SQL HOP", samples(hop, Run::perCore)));
    }

    void skewed(List<Row> rows) {
      Topics even = usualTopics(OutputFormat.PROTOBUF);
      sendUsual(OutputFormat.PROTOBUF);
      Map<Integer, List<Run>> skewed = new LinkedHashMap<>();
      for (int percent : HOT_PERCENTS) {
        skewed.put(percent, new ArrayList<>());
        send(hotTopics(percent), new Traffic(views, VIDEOS, percent, OFTEN, OutputFormat.PROTOBUF));
      }
      List<Run> unskewed = new ArrayList<>();
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        unskewed.add(run(JobContender.ours(), even, views));
        skewed.forEach(
            (percent, runs) -> runs.add(run(JobContender.ours(), hotTopics(percent), views)));
      }
      skewed.forEach(
          (percent, runs) ->
              rows.add(
                  row(
                          "one video with %d %% of views: rate".formatted(percent),
                          "views/s",
                          runs,
                          Run::rate)
                      .beside("ours without it", samples(unskewed, Run::rate))
                      .to(Goal.ratioAtLeast(0.9))));
    }

    private Topics hotTopics(int percent) {
      return deployment.topics("hot-" + percent + ".");
    }

    void growth(int videos, List<Row> rows) {
      Topics topics = deployment.topics("of-" + videos + ".");
      Traffic.Sent sent =
          send(topics, new Traffic(views / 2, videos, 0, OFTEN, OutputFormat.PROTOBUF));
      Run run = run(JobContender.ours(), topics, views / 2);
      String figure = "%,d of %,d videos".formatted(sent.differentVideos(), videos);
      rows.add(Row.of(figure + ": rate", "views/s", Samples.of(run.rate())));
      rows.add(
          Row.of(
              figure + ": checkpoint",
              "bytes/video",
              Samples.of((double) run.checkpointBytes() / sent.differentVideos())));
    }

    /** A day of event time, with state sizes at noon and at the end. */
    void day(List<Row> rows) {
      Topics topics = deployment.topics("day.");
      int some = views / 6;
      int perSecond = Math.max(1, some / (int) Duration.ofDays(1).toSeconds());
      send(topics, new Traffic(some, VIDEOS, 0, perSecond, OutputFormat.PROTOBUF));
      Run run = run(JobContender.ours(Duration.ofMinutes(10)), topics, some);
      rows.add(
          footprint("resident memory", run, Run.Footprint::memoryBytes).to(Goal.ratioAtMost(1.1)));
      rows.add(footprint("checkpoint", run, Run.Footprint::checkpointBytes));
      rows.add(Row.of("a day: rate", "views/s", Samples.of(run.rate())));
    }

    private static Row footprint(String figure, Run run, ToDoubleFunction<Run.Footprint> bytes) {
      return Row.of(
              "a day: " + figure + " at its end",
              "MB",
              Samples.of(bytes.applyAsDouble(run.after()) / 1e6))
          .beside("at noon", Samples.of(bytes.applyAsDouble(run.before()) / 1e6));
    }

    private Topics usualTopics(OutputFormat format) {
      return deployment.topics(format.name().toLowerCase(Locale.ROOT) + ".");
    }

    /** Sends the traffic unless the topic has it already. */
    private Traffic.Sent sendUsual(OutputFormat format) {
      return usual.computeIfAbsent(
          format,
          absent ->
              send(usualTopics(absent), new Traffic(usualViews(absent), VIDEOS, 0, OFTEN, absent)));
    }

    /**
     * Half of the records as JSON, which is decoded more slowly, so that the compilers get the same
     * time.
     */
    private int usualViews(OutputFormat format) {
      return format == OutputFormat.JSON ? views / 2 : views;
    }

    private Traffic.Sent send(Topics topics, Traffic traffic) {
      // Views that are not over yet would be refused.
      long end = System.currentTimeMillis() - HOUR_MILLIS;
      Traffic.Sent sent = traffic.send(deployment.bootstrapServers(), topics, end);
      settings.progress(
          "%,d views of %,d videos in %s"
              .formatted(traffic.views(), sent.differentVideos(), topics.views()));
      return sent;
    }

    private Run run(JobContender contender, Topics topics, int total) {
      Run run = contender.run(deployment, topics, total);
      settings.progress(
          "%s: %,.0f views/s, %,.0f a CPU second, checkpoint %,d bytes"
              .formatted(contender.name(), run.rate(), run.perCore(), run.checkpointBytes()));
      return run;
    }

    private static Row row(
        String figure, String unit, List<Run> runs, ToDoubleFunction<Run> value) {
      return Row.of(figure, unit, samples(runs, value));
    }

    private static Samples samples(List<Run> runs, ToDoubleFunction<Run> value) {
      return new Samples(runs.stream().mapToDouble(value).boxed().toList());
    }
  }
}
