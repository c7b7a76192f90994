package dev.upswell.benchmarks.fanout;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.contract.events.FeedDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Push rate of creators of one kind, in turns with the limit and the rival. */
final class Throughput {
  private static final int ROUNDS = 3;
  private static final int PUSHES = 1_000_000;
  private static final int QUICK_PUSHES = 100_000;
  private static final int ALONE = 20;
  private static final Duration WARM_UP = Duration.ofSeconds(12);
  private static final Duration QUICK_WARM_UP = Duration.ofSeconds(3);
  private static final Duration RIVAL = Duration.ofSeconds(2);
  private static final Duration QUICK_RIVAL = Duration.ofMillis(500);

  private final Settings settings;
  private final Deployment deployment;
  private final Events events;
  private final Deliveries deliveries;

  Throughput(Settings settings, Deployment deployment, Events events, Deliveries deliveries) {
    this.settings = settings;
    this.deployment = deployment;
    this.events = events;
    this.deliveries = deliveries;
  }

  List<Row> of(Creators creators) {
    settings.progress(creators.label());
    int pushes = settings.quick() ? QUICK_PUSHES : PUSHES;
    int videos = Math.max(1, pushes / creators.followers());
    Duration rival = settings.quick() ? QUICK_RIVAL : RIVAL;
    long[] users = creators.userIds();
    List<Round> rounds = new ArrayList<>();
    List<Double> socketRates = new ArrayList<>();
    List<Double> socketCpu = new ArrayList<>();
    List<Double> singleRates = new ArrayList<>();
    try (SocketClients sockets = new SocketClients(deployment.redis().port(), users);
        OneByOne single = new OneByOne(deployment.redis().uri())) {
      warmUp(creators, videos);
      single.perSecond(users, rival);
      sockets.perSecond(pushes);
      for (int i = 0; i < settings.rounds(ROUNDS); i++) {
        Round round = publish(creators, videos);
        rounds.add(round);
        double before = CpuUse.seconds(deployment.redis().pid());
        socketRates.add(sockets.perSecond(round.pushes()));
        double used = CpuUse.seconds(deployment.redis().pid()) - before;
        socketCpu.add(round.perMillion(used));
        singleRates.add(single.perSecond(users, rival));
      }
    }
    return rows(
        creators.label(),
        rounds,
        new Samples(socketRates),
        new Samples(socketCpu),
        new Samples(singleRates),
        videos == 1 ? rounds : alone(creators));
  }

  /**
   * Warm-up until the compilers of the TaskManager are mostly done, because they take more time
   * than the pushes.
   */
  private void warmUp(Creators creators, int videos) {
    Duration least = settings.quick() ? QUICK_WARM_UP : WARM_UP;
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < least.toNanos()) {
      publish(creators, videos);
    }
  }

  /** Publishes at once, in turn by all creators of the kind. */
  private Round publish(Creators creators, int videos) {
    CpuUse before = CpuUse.of(deployment);
    long begun = System.currentTimeMillis();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < videos; i++) {
      ids.add(events.publish(creators.id(i)));
    }
    events.flush();
    List<FeedDelivery> all = deliveries.await(ids);
    long end = all.stream().mapToLong(Throughput::millis).max().orElseThrow();
    if (all.stream().anyMatch(each -> each.getPlanned() != creators.followers())) {
      throw new IllegalStateException("an audience is not as large as it was made: " + all.get(0));
    }
    return new Round(all, (end - begun) / 1e3, CpuUse.of(deployment).since(before));
  }

  private static long millis(FeedDelivery delivery) {
    return delivery.getAt().getSeconds() * 1_000 + delivery.getAt().getNanos() / 1_000_000;
  }

  /** Single videos, each when the one before has arrived. */
  private List<Round> alone(Creators creators) {
    List<Round> singles = new ArrayList<>();
    for (int i = 0; i < ALONE; i++) {
      singles.add(publish(creators, 1));
    }
    return singles;
  }

  private static List<Row> rows(
      String label,
      List<Round> rounds,
      Samples socketRates,
      Samples socketCpu,
      Samples singleRates,
      List<Round> alone) {
    Samples rates = samples(rounds, Round::perSecond);
    return List.of(
        Row.of(label + ": rate", "pushes/s", rates)
            .beside("bare sockets", socketRates)
            .to(Goal.ratioAtLeast(0.6)),
        Row.of(label + ": rate", "pushes/s", rates)
            .beside("one by one", singleRates)
            .to(Goal.ratioAtLeast(10)),
        Row.of(
            label + ": CPU of the TaskManager",
            "s/million",
            samples(rounds, round -> round.perMillion(round.cpu().taskManager()))),
        Row.of(
                label + ": CPU of Redis",
                "s/million",
                samples(rounds, round -> round.perMillion(round.cpu().redis())))
            .beside("bare sockets", socketCpu),
        Row.of(
            label + ": CPU of Kafka",
            "s/million",
            samples(rounds, round -> round.perMillion(round.cpu().kafka()))),
        lag(label, "p50", alone, FeedDelivery::getLagP50Ms),
        lag(label, "p99", alone, FeedDelivery::getLagP99Ms),
        lag(label, "last", alone, FeedDelivery::getLagLastMs));
  }

  private static Row lag(
      String label, String name, List<Round> singles, ToDoubleFunction<FeedDelivery> lag) {
    return Row.of(
        label + ", a video alone: lag " + name,
        "ms",
        samples(singles, round -> lag.applyAsDouble(round.deliveries().get(0))));
  }

  private static Samples samples(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
  }
}
