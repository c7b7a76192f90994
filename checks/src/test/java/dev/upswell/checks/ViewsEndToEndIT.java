package dev.upswell.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.upswell.contract.Topics;
import dev.upswell.contract.VideoIds;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.FlinkSettings;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views from the client to all who ask about them, through what ships, as processes. */
class ViewsEndToEndIT {
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void viewsThatClientsSendAreCountedByTheHourAndBringAVideoToTheEdge(@TempDir Path dir) {
    try (KafkaProcess kafka = KafkaProcess.start(dir.resolve("kafka"));
        RedisProcess redis = RedisProcess.start(dir.resolve("redis"));
        FlinkCluster flink = FlinkCluster.start(dir.resolve("flink"), FlinkSettings.defaults());
        ApiProcess api = startApi(dir.resolve("api"), kafka, redis)) {
      createTopics(kafka);
      submitJob(flink, kafka, redis);

      Instant now = Instant.now();
      Instant pastHour = now.minus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
      Instant recently = now.minus(10, ChronoUnit.MINUTES);
      long old = VideoIds.at(pastHour.toEpochMilli(), 1);
      long viral = VideoIds.at(recently.toEpochMilli(), 1);
      long unnoticed = VideoIds.at(recently.toEpochMilli(), 2);
      send(api, old, 7, pastHour);
      send(api, viral, 50, recently);
      // The same once more, as by a client that had no answer.
      send(api, viral, 50, recently);
      send(api, unnoticed, 1, now.minusSeconds(60));

      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> get(api, stats(viral)).get("tier").getAsString().equals("EDGE"));
      assertThat(get(api, stats(viral)).get("views").getAsInt()).isEqualTo(50);
      assertThat(get(api, stats(viral)).get("reason").getAsString()).isEqualTo("VIRAL");
      assertThat(get(api, stats(old)).get("views").getAsInt()).isZero();
      assertPromoted(api, viral);
      assertThat(committed(kafka, TOPICS.hourlyViews()))
          .containsExactly(
              "{\"videoId\":\"%d\",\"creatorId\":\"7\",\"hourStart\":\"%s\",\"views\":7,\"distinctViewers\":7,\"watchMs\":\"7000\"}"
                  .formatted(old, pastHour));
      TopicsDoc hours = TopicsDoc.read().get("hourly-views");
      Analyst analyst = new Analyst(kafka.bootstrapServers());
      analyst.create(hours);
      assertThat(analyst.answers(hours))
          .containsExactly("+I[%s, 1, %d, 7, 7, 1000]".formatted(pastHour, old));
    }
  }

  private static void assertPromoted(ApiProcess api, long videoId) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonArray promotions = get(api, "/v1/tiers").getAsJsonArray("promotions");
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
    assertThat(get(api, "/v1/tiers").getAsJsonObject("counts").get("edge").getAsInt()).isEqualTo(1);
  }

  // ---- The parts

  private static ApiProcess startApi(Path dir, KafkaProcess kafka, RedisProcess redis) {
    return ApiProcess.start(
        dir,
        Ports.free(),
        List.of(
            "--auth=off",
            "--redis.uri=" + redis.uri(),
            "--kafka.bootstrap-servers=" + kafka.bootstrapServers()));
  }

  private static void createTopics(KafkaProcess kafka) {
    for (String topic :
        List.of(TOPICS.views(), TOPICS.hourlyViews(), TOPICS.lateEvents(), TOPICS.deadLetters())) {
      kafka.createTopic(topic, 1, Map.of());
    }
    kafka.createTopic(TOPICS.promotions(), 1, Map.of("cleanup.policy", "compact"));
  }

  private static void submitJob(FlinkCluster flink, KafkaProcess kafka, RedisProcess redis) {
    String job =
        flink.submit(
            Project.ROOT.resolve("jobs/viral-detector/target/viral-detector.jar"),
            List.of(
                "--kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "--redis.uri",
                redis.uri(),
                "--checkpoints.interval",
                "1s",
                "--tiers.viral-above",
                "20"));
    flink.awaitRunning(job, Duration.ofSeconds(60));
  }

  // ---- Asking

  private static String stats(long videoId) {
    return "/v1/videos/" + videoId + "/stats";
  }

  private static void send(ApiProcess api, long videoId, int views, Instant at) {
    List<String> events = new ArrayList<>();
    for (int viewer = 1; viewer <= views; viewer++) {
      events.add(
          """
          {"viewerId": "%d", "videoId": "%d", "creatorId": "7", "viewedAt": "%d", "watchMs": 1000,
           "eventId": "%d"}
          """
              .formatted(viewer, videoId, at.toEpochMilli(), videoId));
    }
    String body = "{\"views\": [" + String.join(",", events) + "]}";
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(api.url() + "/v1/events"))
                .POST(BodyPublishers.ofString(body)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  private static JsonObject get(ApiProcess api, String path) {
    HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(api.url() + path)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString(UTF_8));
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** What a topic has by the time that there is something. */
  private static List<String> committed(KafkaProcess kafka, String topic) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "group.id", "test",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    List<String> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  records.add(record.value());
                }
                return !records.isEmpty();
              });
    }
    return records;
  }
}
