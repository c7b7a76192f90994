package dev.upswell.checks;

import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.testing.TestKafka;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks a feed from events to pages, with the shipped jars. */
class FeedsEndToEndIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int VIDEOS = 30;

  /** A user has 20 requests a second, and a walk is up to four pages. */
  private static final Duration WITHIN_QUOTA = Duration.ofMillis(500);

  @Test
  void feedHasAllFollowedVideosWithoutRemovedOnes(@TempDir Path dir) {
    try (ShippedSystem system = ShippedSystem.start(dir)) {
      TestKafka kafka = system.kafka();
      createTopics(kafka);
      system.submit("fanout");
      long now = System.currentTimeMillis();
      long[] older = ids(now - 60_000);
      publish(kafka, 7, older, now);
      system.tell(
          """
          {"follows": [{"followerId": "42", "followeeId": "7", "type": "FOLLOW", "at": "%1$d"},
                       {"followerId": "42", "followeeId": "8", "type": "FOLLOW", "at": "%1$d"}],
           "sessions": [{"userId": "42", "at": "%1$d", "device": "android", "region": "BR"}]}
          """
              .formatted(now));
      awaitFeed(system, older);

      long[] newer = ids(now - 30_000);
      publish(kafka, 8, newer, now);
      long[] all = LongStream.concat(LongStream.of(newer), LongStream.of(older)).toArray();
      awaitFeed(system, all);

      kafka.send(EventType.VIDEOS, List.of(video(8, newer[3], Video.Type.REMOVED, now)));
      long[] left = LongStream.of(all).filter(id -> id != newer[3]).toArray();
      awaitFeed(system, left);

      system.tell(
          """
          {"follows": [{"followerId": "42", "followeeId": "8", "type": "UNFOLLOW", "at": "%d"}]}
          """
              .formatted(now + 1));
      awaitFeed(system, older);
      system.assertEachCallWasAsOpenApiSays();
    }
  }

  private static void createTopics(TestKafka kafka) {
    kafka.createTopics(
        2,
        TOPICS.videos(),
        TOPICS.follows(),
        TOPICS.sessions(),
        TOPICS.control(),
        TOPICS.feedDeliveries(),
        TOPICS.deadLetters());
  }

  /** Orders the newest first. */
  private static long[] ids(long newest) {
    return LongStream.range(0, VIDEOS).map(i -> VideoIds.at(newest - i, 1)).toArray();
  }

  private static void publish(TestKafka kafka, long creator, long[] ids, long at) {
    kafka.send(
        EventType.VIDEOS,
        LongStream.of(ids).mapToObj(id -> video(creator, id, Video.Type.PUBLISHED, at)).toList());
  }

  private static Video video(long creator, long id, Video.Type type, long at) {
    return Video.newBuilder()
        .setVideoId(id)
        .setCreatorId(creator)
        .setType(type)
        .setAt(at)
        .setDurationMs(15_000)
        .build();
  }

  private static void awaitFeed(ShippedSystem system, long[] videos) {
    await()
        .atMost(LIMIT)
        .pollInterval(WITHIN_QUOTA)
        .untilAsserted(() -> assertThat(feed(system)).containsExactly(videos));
  }

  /** All pages. */
  private static long[] feed(ShippedSystem system) {
    LongStream.Builder videos = LongStream.builder();
    String cursor = "";
    while (true) {
      JsonObject page = system.get("/v1/users/42/feed?limit=20" + cursor);
      for (JsonElement entry : page.getAsJsonArray("entries")) {
        videos.add(entry.getAsJsonObject().get("videoId").getAsLong());
      }
      if (!page.has("cursor")) {
        return videos.build().toArray();
      }
      String sealed = page.get("cursor").getAsString();
      cursor = "&cursor=" + URLEncoder.encode(sealed, StandardCharsets.UTF_8);
    }
  }
}
