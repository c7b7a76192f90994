package dev.upswell.checks;

import static dev.upswell.testing.TestKafka.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.redis.RedisFeedStoreWriter;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.testing.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks views from the client to statistics, tiers and lists, with the shipped jars. */
class ViewsEndToEndIT {
  @Test
  void viewsSentByClientsAreCountedAndPromoteTheVideo(@TempDir Path dir) {
    try (ShippedSystem system = ShippedSystem.start(dir)) {
      createTopics(system.kafka());
      system.submit("viral-detector", "--tiers.viral-above=20");

      Instant now = Instant.now();
      Instant pastHour = now.minus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
      Instant recently = now.minus(10, ChronoUnit.MINUTES);
      long old = VideoIds.at(pastHour.toEpochMilli(), 1);
      long viral = VideoIds.at(recently.toEpochMilli(), 1);
      long unnoticed = VideoIds.at(recently.toEpochMilli(), 2);
      publish(system, old, viral, unnoticed);
      send(system, old, 7, pastHour);
      send(system, viral, 50, recently);
      // The same once more, as by a client that had no answer.
      send(system, viral, 50, recently);
      send(system, unnoticed, 1, now.minusSeconds(60));

      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> system.get(stats(viral)).get("tier").getAsString().equals("EDGE"));
      assertThat(system.get(stats(viral)).get("views").getAsInt()).isEqualTo(50);
      assertThat(system.get(stats(viral)).get("reason").getAsString()).isEqualTo("VIRAL");
      assertThat(system.get(stats(old)).get("views").getAsInt()).isZero();
      assertPromoted(system, viral);
      system.assertEachCallWasAsOpenApiSays();
      assertThat(committed(system.kafka(), TOPICS.hourlyViews()))
          .containsExactly(
              "{\"videoId\":\"%d\",\"creatorId\":\"7\",\"hourStart\":\"%s\",\"views\":7,\"distinctViewers\":7,\"watchMs\":\"7000\"}"
                  .formatted(old, pastHour));
      TopicsDoc hours = TopicsDoc.read().get("hourly-views");
      Analyst analyst = new Analyst(system.kafka().bootstrapServers());
      analyst.create(hours);
      assertThat(analyst.answers(hours))
          .containsExactly("+I[%s, 1, %d, 7, 7, 1000]".formatted(pastHour, old));
    }
  }

  private static void assertPromoted(ShippedSystem system, long videoId) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonArray promotions = system.get("/v1/tiers").getAsJsonArray("promotions");
              assertThat(promotions)
                  .map(JsonElement::getAsJsonObject)
                  .anySatisfy(
                      promotion -> {
                        assertThat(promotion.get("videoId").getAsLong()).isEqualTo(videoId);
                        assertThat(promotion.get("to").getAsString()).isEqualTo("EDGE");
                        assertThat(promotion.get("reason").getAsString()).isEqualTo("VIRAL");
                        assertThat(promotion.get("viewsLastHour").getAsInt()).isEqualTo(50);
                      });
            });
    assertThat(system.get("/v1/tiers").getAsJsonObject("counts").get("edge").getAsInt())
        .isEqualTo(1);
  }

  /**
   * Publishes videos, and writes them to Redis as the fan-out job does. Unpublished ones have no
   * statistics.
   */
  private static void publish(ShippedSystem system, long... videoIds) {
    try (RedisConnection redis = RedisConnection.open(RedisOptions.of(system.redis().uri()))) {
      RedisFeedStoreWriter store = new RedisFeedStoreWriter(redis, FeedOptions.DEFAULT);
      for (long videoId : videoIds) {
        Video video =
            Video.newBuilder()
                .setVideoId(videoId)
                .setCreatorId(7)
                .setType(Video.Type.PUBLISHED)
                .setAt(VideoIds.millisOf(videoId))
                .build();
        system.kafka().send(EventType.VIDEOS, List.of(video));
        store.write(VideoWrite.of(video)).join();
      }
    }
  }

  private static String stats(long videoId) {
    return "/v1/videos/" + videoId + "/stats";
  }

  private static void send(ShippedSystem system, long videoId, int views, Instant at) {
    List<String> events = new ArrayList<>();
    for (int viewer = 1; viewer <= views; viewer++) {
      events.add(
          """
          {"viewerId": "%d", "videoId": "%d", "creatorId": "7", "viewedAt": "%d", "watchMs": 1000,
           "eventId": "%d"}
          """
              .formatted(viewer, videoId, at.toEpochMilli(), videoId));
    }
    system.tell("{\"views\": [" + String.join(",", events) + "]}");
  }

  private static void createTopics(TestKafka kafka) {
    kafka.createTopics(
        1,
        TOPICS.views(),
        TOPICS.videos(),
        TOPICS.hourlyViews(),
        TOPICS.lateEvents(),
        TOPICS.deadLetters());
    kafka.broker.createTopic(TOPICS.promotions(), 1, Map.of("cleanup.policy", "compact"));
  }

  /** Awaits committed records of a topic and returns their values. */
  private static List<String> committed(TestKafka kafka, String topic) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> kafka.records(topic), records -> !records.isEmpty())
        .stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }
}
