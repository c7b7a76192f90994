package dev.upswell.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPage.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis is away for twenty seconds, and comes back with its data. */
class RedisOutageIT {
  private static final long CREATOR = 100;
  private static final long VIEWER = 1;

  private final long now = System.currentTimeMillis();

  private Video video(int number) {
    return FanoutEvents.video(CREATOR, VideoIds.at(now + number, 0), Video.Type.PUBLISHED, now);
  }

  @Test
  void jobRecoversFromRedisOutageWithoutLoss(@TempDir Path dir) {
    try (FanoutSystem system = new FanoutSystem(dir)) {
      // Shorter than the outage, so that the job also fails and goes back to its checkpoint.
      system.startJob("--redis.retry-for", "8s");
      List<Long> newestFirst = new ArrayList<>();
      system.kafka.send(
          EventType.FOLLOWS,
          List.of(FanoutEvents.follow(VIEWER, CREATOR, Follow.Type.FOLLOW, now)));
      system.kafka.send(EventType.SESSIONS, List.of(FanoutEvents.session(VIEWER, now)));
      publish(system, 0, 50, newestFirst);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  system.walk(VIEWER).equals(newestFirst)
                      && system.page(VIEWER, 10).source() == Source.WARM);

      system.redis.server.stop();
      CompletableFuture<Void> back =
          CompletableFuture.runAsync(
              system.redis.server::restart,
              CompletableFuture.delayedExecutor(20, TimeUnit.SECONDS));
      publish(system, 50, 300, newestFirst);
      back.join();

      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(system.walk(VIEWER)).isEqualTo(newestFirst));
    }
  }

  private void publish(FanoutSystem system, int from, int to, List<Long> newestFirst) {
    List<Video> videos = new ArrayList<>();
    for (int i = from; i < to; i++) {
      videos.add(video(i));
      newestFirst.add(0, video(i).getVideoId());
    }
    system.kafka.send(EventType.VIDEOS, videos);
  }
}
