package dev.upswell.fanout;

import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar on a cluster of its own processes, which are killed, stopped and rescaled. */
@Tag("long")
class FanoutFailureIT {
  private static final Path JAR = Home.directory().resolve("jobs/fanout/target/fanout.jar");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final long CREATOR = 1_000_000_000;
  private static final long FOLLOWERS = 300_000;
  private static final int SAMPLED_ONE_IN = 300;
  private static final int KILLS = 3;

  private final long now = System.currentTimeMillis();

  private Video video(int number) {
    return FanoutEvents.video(
        CREATOR, VideoIds.at(now + number, 0), Video.Type.PUBLISHED, System.currentTimeMillis());
  }

  @Test
  void followersHaveAllVideosAfterKillsAndRescaling(@TempDir Path dir) throws Exception {
    try (FanoutSystem system = new FanoutSystem(dir);
        FlinkCluster flink = system.startCluster()) {
      List<String> arguments = system.arguments("--delivery.latency-target", "1h");
      String job = flink.submit(JAR, arguments);
      flink.awaitRunning(job, LONG);
      LargeAudience audience = new LargeAudience(system, CREATOR, FOLLOWERS);
      audience.open(now);
      await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(audience::isWarmable);
      audience.build();

      Video first = video(1);
      killDuring(first, system, flink, job, audience);
      everybodyHas(system, audience, first);

      Path savepoint = flink.stopWithSavepoint(job, dir.resolve("savepoints"));
      List<Video> all = new ArrayList<>(List.of(first));
      for (int parallelism : List.of(1, 2, 1)) {
        job = flink.submit(JAR, arguments, Optional.of(savepoint), parallelism);
        flink.awaitRunning(job, LONG);
        Video next = video(1 + all.size());
        all.add(0, next);
        system.kafka.send(EventType.VIDEOS, List.of(next));
        everybodyHas(system, audience, next);
        savepoint = flink.stopWithSavepoint(job, dir.resolve("savepoints"));
      }

      List<Long> newestFirst = all.stream().map(Video::getVideoId).toList();
      for (long user = 1; user <= FOLLOWERS; user += SAMPLED_ONE_IN) {
        assertThat(system.walk(user)).as("feed of %d", user).isEqualTo(newestFirst);
      }
      assertThat(system.page(1, 10).source()).isEqualTo(Source.WARM);
    }
  }

  /** Kills the TaskManager three times, each time when some have the video and some do not. */
  private static void killDuring(
      Video video, FanoutSystem system, FlinkCluster flink, String job, LargeAudience audience)
      throws InterruptedException {
    try (Throttle slow = new Throttle(system)) {
      system.kafka.send(EventType.VIDEOS, List.of(video));
      double before = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        double had = before;
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> audience.share(video.getVideoId(), SAMPLED_ONE_IN) > had);
        flink.killTaskManager(kill);
        before = audience.share(video.getVideoId(), SAMPLED_ONE_IN);
        assertThat(before).as("share at kill %d", kill).isLessThan(1);
        flink.startTaskManager();
        flink.awaitRunning(job, LONG);
      }
    }
  }

  private static void everybodyHas(FanoutSystem system, LargeAudience audience, Video video) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(audience.having(video.getVideoId())).isEqualTo(FOLLOWERS));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(deliveries(system))
                    .filteredOn(delivery -> delivery.getVideoId() == video.getVideoId())
                    .isNotEmpty()
                    .allSatisfy(FanoutFailureIT::addsUp));
  }

  private static void addsUp(FeedDelivery delivery) {
    int skipped = delivery.getSkippedMap().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(delivery.getPlanned()).isEqualTo((int) FOLLOWERS);
    assertThat(delivery.getPushed() + skipped).isEqualTo(delivery.getPlanned());
    assertThat(delivery.getPushed()).isEqualTo((int) FOLLOWERS);
    assertThat(delivery.getLagP50Ms()).isPositive().isLessThanOrEqualTo(delivery.getLagP99Ms());
    assertThat(delivery.getLagP99Ms()).isLessThanOrEqualTo(delivery.getLagLastMs());
  }

  private static List<FeedDelivery> deliveries(FanoutSystem system) {
    return system.kafka.read(TOPICS.feedDeliveries(), FeedDelivery::newBuilder);
  }

  /** Lets Redis work a part of the time only: a fan-out of a second takes many. */
  private static final class Throttle implements AutoCloseable {
    private static final long RUNS_MILLIS = 15;
    private static final long STANDS_MILLIS = 120;

    private final FanoutSystem system;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Throttle(FanoutSystem system) {
      this.system = system;
      var unused =
          clock.scheduleWithFixedDelay(
              this::standStill, RUNS_MILLIS, RUNS_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void standStill() {
      system.redis.server.pause();
      try {
        TimeUnit.MILLISECONDS.sleep(STANDS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        system.redis.server.resume();
      }
    }

    @Override
    public void close() throws InterruptedException {
      clock.shutdownNow();
      assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      system.redis.server.resume();
    }
  }
}
