package dev.upswell.benchmarks.fanout;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.contract.events.FeedDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Effect of a large creator on small ones. These publish steadily, first alone, then while the
 * creator that all users follow has two videos in flight.
 */
final class Lanes {
  private static final Duration PERIOD = Duration.ofSeconds(20);
  private static final Duration QUICK_PERIOD = Duration.ofSeconds(6);
  private static final long NANOS_BETWEEN = 20_000_000;
  private static final Duration POLL = Duration.ofMillis(2);
  private static final int LARGE_AT_ONCE = 2;

  private final Settings settings;
  private final Deployment deployment;
  private final Population population;
  private final Events events;
  private final Deliveries deliveries;
  private final List<Long> large = new ArrayList<>();
  private int next;

  Lanes(
      Settings settings,
      Deployment deployment,
      Population population,
      Events events,
      Deliveries deliveries) {
    this.settings = settings;
    this.deployment = deployment;
    this.population = population;
    this.events = events;
    this.deliveries = deliveries;
  }

  List<Row> measure() {
    settings.progress("small creators alone");
    List<FeedDelivery> quiet = deliveries.await(publishSteadily(() -> {}));
    settings.progress("small creators beside the large one");
    keepLargeBusy();
    long before = deployment.flink().completedCheckpoints(deployment.job());
    List<Long> videos = publishSteadily(this::keepLargeBusy);
    long checkpoints = deployment.flink().completedCheckpoints(deployment.job()) - before;
    List<FeedDelivery> beside = deliveries.await(videos);
    deliveries.await(large);
    return List.of(
        lag("p50", beside, quiet, 0.5),
        lag("p99", beside, quiet, 0.99).to(Goal.ratioAtMost(3)),
        Row.of(
                "checkpoints in %d s beside the large one".formatted(period().toSeconds()),
                "checkpoints",
                Samples.of((double) checkpoints))
            .to(Goal.atLeast(period().toSeconds() / 4.0)));
  }

  private Duration period() {
    return settings.quick() ? QUICK_PERIOD : PERIOD;
  }

  private List<Long> publishSteadily(Runnable meanwhile) {
    List<Long> ids = new ArrayList<>();
    long begun = System.nanoTime();
    long sendAt = begun;
    while (System.nanoTime() - begun < period().toNanos()) {
      while (sendAt <= System.nanoTime()) {
        ids.add(events.publish(population.small().id(next++)));
        sendAt += NANOS_BETWEEN;
      }
      meanwhile.run();
      deliveries.read(POLL);
    }
    return ids;
  }

  private void keepLargeBusy() {
    while (large.stream().filter(id -> !deliveries.has(id)).count() < LARGE_AT_ONCE) {
      large.add(events.publish(population.large().first()));
    }
  }

  /** The small have one write each, so the last push of a video is as late as all of them. */
  private static Row lag(
      String name, List<FeedDelivery> beside, List<FeedDelivery> quiet, double share) {
    return Row.of(
            "small creators beside the large one: lag " + name,
            "ms",
            Samples.of(quantile(beside, share)))
        .beside("alone", Samples.of(quantile(quiet, share)));
  }

  private static double quantile(List<FeedDelivery> deliveries, double share) {
    int[] lags = deliveries.stream().mapToInt(FeedDelivery::getLagLastMs).sorted().toArray();
    return lags[(int) Math.ceil(share * lags.length) - 1];
  }
}
