package dev.upswell.fanout;

import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPage.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanoutJobIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static FanoutSystem system;

  @BeforeAll
  static void start(@TempDir Path dir) {
    system = new FanoutSystem(dir);
    system.startJob();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  private static Video video(long creator, int number, Video.Type type) {
    return FanoutEvents.video(
        creator,
        VideoIds.at(1_780_000_000_000L + number, number),
        type,
        System.currentTimeMillis());
  }

  private static Follow follow(long follower, long followee, Follow.Type type) {
    return FanoutEvents.follow(follower, followee, type, System.currentTimeMillis());
  }

  @Test
  void videosArePushedToTheWarmFeedOfAnActiveFollower() {
    Video first = video(100, 1, Video.Type.PUBLISHED);
    Video second = video(100, 2, Video.Type.PUBLISHED);
    system.kafka.send(EventType.VIDEOS, List.of(first));
    system.kafka.send(EventType.FOLLOWS, List.of(follow(1, 100, Follow.Type.FOLLOW)));
    system.kafka.send(
        EventType.SESSIONS, List.of(FanoutEvents.session(1, System.currentTimeMillis())));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var page = system.page(1, 10);
              assertThat(page.entries()).hasSize(1);
              assertThat(page.source()).isEqualTo(Source.WARM);
            });

    system.kafka.send(EventType.VIDEOS, List.of(second));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(system.walk(1))
                    .containsExactly(second.getVideoId(), first.getVideoId()));
    assertThat(system.page(1, 10).source()).isEqualTo(Source.WARM);

    system.kafka.send(EventType.VIDEOS, List.of(video(100, 2, Video.Type.REMOVED)));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(system.walk(1)).containsExactly(first.getVideoId()));
  }

  @Test
  void blocksEndFollowingInBothDirections() {
    Video of201 = video(201, 11, Video.Type.PUBLISHED);
    Video of202 = video(202, 12, Video.Type.PUBLISHED);
    system.kafka.send(EventType.VIDEOS, List.of(of201, of202));
    system.kafka.send(
        EventType.FOLLOWS,
        List.of(follow(201, 202, Follow.Type.FOLLOW), follow(202, 201, Follow.Type.FOLLOW)));
    await().atMost(SOON).until(() -> system.walk(201).size() == 1 && system.walk(202).size() == 1);

    system.kafka.send(EventType.FOLLOWS, List.of(follow(201, 202, Follow.Type.BLOCK)));

    await().atMost(SOON).until(() -> system.walk(201).isEmpty() && system.walk(202).isEmpty());
  }

  @Test
  void publicationSentAgainIsOneFanOut() {
    Video video = video(301, 21, Video.Type.PUBLISHED);
    system.kafka.send(EventType.FOLLOWS, List.of(follow(31, 301, Follow.Type.FOLLOW)));
    system.kafka.send(
        EventType.SESSIONS, List.of(FanoutEvents.session(31, System.currentTimeMillis())));
    system.kafka.send(EventType.VIDEOS, List.of(video));
    system.kafka.send(EventType.VIDEOS, List.of(video.toBuilder().setCaption("again").build()));
    system.kafka.send(
        EventType.VIDEOS, List.of(video.toBuilder().setAt(video.getAt() + 1).build()));
    Video last = video(301, 22, Video.Type.PUBLISHED);
    system.kafka.send(EventType.VIDEOS, List.of(last));

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(deliveries(301)).contains(last.getVideoId()));
    assertThat(deliveries(301)).containsOnlyOnce(video.getVideoId());
  }

  private static List<Long> deliveries(long creator) {
    return system
        .kafka
        .<FeedDelivery>read(TOPICS.feedDeliveries(), FeedDelivery::newBuilder)
        .stream()
        .filter(delivery -> delivery.getCreatorId() == creator)
        .map(FeedDelivery::getVideoId)
        .toList();
  }

  @Test
  void removalThatNamesAnotherCreatorAndPublicationAfterARemovalAreHidden() {
    Video kept = video(302, 31, Video.Type.PUBLISHED);
    Video removed = video(302, 32, Video.Type.PUBLISHED);
    Video early = video(302, 33, Video.Type.PUBLISHED);
    system.kafka.send(EventType.FOLLOWS, List.of(follow(32, 302, Follow.Type.FOLLOW)));
    system.kafka.send(EventType.VIDEOS, List.of(video(999, 33, Video.Type.REMOVED)));
    system.kafka.send(EventType.VIDEOS, List.of(kept, removed));
    await().atMost(SOON).until(() -> system.walk(32).size() == 2);

    system.kafka.send(EventType.VIDEOS, List.of(video(999, 32, Video.Type.REMOVED), early));

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(system.walk(32)).containsExactly(kept.getVideoId()));
  }

  @Test
  void followsAfterBlockAndUnblockOfOneMillisecondHold() {
    Video video = video(303, 41, Video.Type.PUBLISHED);
    long now = System.currentTimeMillis();
    system.kafka.send(EventType.VIDEOS, List.of(video));
    system.kafka.send(
        EventType.FOLLOWS,
        List.of(
            FanoutEvents.follow(33, 303, Follow.Type.BLOCK, now),
            FanoutEvents.follow(33, 303, Follow.Type.UNBLOCK, now),
            FanoutEvents.follow(33, 303, Follow.Type.FOLLOW, now + 1)));

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(system.walk(33)).containsExactly(video.getVideoId()));
  }

  @Test
  void videosBehindRemovedOnesAreShown() {
    int entries = FanoutSystem.FEEDS.outboxEntries();
    List<Video> videos = new ArrayList<>();
    List<Video> removals = new ArrayList<>();
    for (int number = 0; number < entries + 5; number++) {
      videos.add(video(304, 1_000 + number, Video.Type.PUBLISHED));
      if (number >= 5) {
        removals.add(video(304, 1_000 + number, Video.Type.REMOVED));
      }
    }
    system.kafka.send(EventType.FOLLOWS, List.of(follow(34, 304, Follow.Type.FOLLOW)));
    system.kafka.send(EventType.VIDEOS, videos);
    await().atMost(SOON).until(() -> system.walk(34).size() == entries);

    system.kafka.send(EventType.VIDEOS, removals);

    await().atMost(SOON).untilAsserted(() -> assertThat(system.walk(34)).hasSize(5));
  }
}
