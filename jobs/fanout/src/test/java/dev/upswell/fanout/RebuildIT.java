package dev.upswell.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.feeds.redis.RedisFeedStoreReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis lost everything, and gets it again from the state of the job. */
class RebuildIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final long CREATOR = 100;
  private static final long CELEBRITY = 200;
  private static final int VIEWERS = 6;

  private final long now = System.currentTimeMillis();

  private Video video(long creator, int number, Video.Type type) {
    return FanoutEvents.video(creator, VideoIds.at(now + number, 0), type, now + number);
  }

  private Follow follow(long user, long creator) {
    return FanoutEvents.follow(user, creator, Follow.Type.FOLLOW, now);
  }

  @Test
  void feedsAreRestoredAndPushedToAfterARebuild(@TempDir Path dir) {
    try (FanoutSystem system = new FanoutSystem(dir)) {
      system.startJob("--pull.creators-above", "4", "--pulled-creators.refresh", "100ms");
      List<Follow> follows = new ArrayList<>();
      List<Session> sessions = new ArrayList<>();
      for (long user = 1; user <= VIEWERS; user++) {
        follows.add(follow(user, CELEBRITY));
        sessions.add(FanoutEvents.session(user, now));
      }
      follows.add(follow(1, CREATOR));
      system.kafka.send(EventType.FOLLOWS, follows);
      system.kafka.send(EventType.SESSIONS, sessions);
      List<Video> videos = new ArrayList<>();
      for (int number = 1; number <= 30; number++) {
        videos.add(video(number % 2 == 0 ? CREATOR : CELEBRITY, number, Video.Type.PUBLISHED));
      }
      videos.add(video(CREATOR, 10, Video.Type.REMOVED));
      system.kafka.send(EventType.VIDEOS, videos);
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(
              () ->
                  system.walk(1).size() == 29
                      && pulled(system).contains(CELEBRITY)
                      && system.page(1, 10).source() == Source.WARM);
      List<Long> before = system.walk(1);

      system.redis.flushAll();
      assertThat(system.walk(1)).isEmpty();
      rebuild(system);

      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(system.walk(1)).isEqualTo(before));
      await()
          .atMost(SOON)
          .until(
              () ->
                  system.page(1, 10).source() == Source.WARM && pulled(system).contains(CELEBRITY));
      Video next = video(CREATOR, 40, Video.Type.PUBLISHED);
      system.kafka.send(EventType.VIDEOS, List.of(next));
      before.add(0, next.getVideoId());
      await().atMost(SOON).untilAsserted(() -> assertThat(system.walk(1)).isEqualTo(before));
    }
  }

  private void rebuild(FanoutSystem system) {
    system.kafka.send(
        EventType.CONTROL,
        List.of(
            Control.newBuilder()
                .setJob("fanout")
                .setType(Control.Type.REBUILD)
                .setAt(now)
                .setPerSecond(10)
                .build()));
  }

  private static List<Long> pulled(FanoutSystem system) {
    RedisFeedStoreReader store =
        new RedisFeedStoreReader(system.redis.connection, FanoutSystem.FEEDS);
    List<Long> creators = new ArrayList<>();
    for (long creator : store.pulledCreators().join()) {
      creators.add(creator);
    }
    return creators;
  }
}
