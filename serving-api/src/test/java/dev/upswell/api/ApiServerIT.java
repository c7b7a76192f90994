package dev.upswell.api;

import static dev.upswell.api.ApiClient.json;
import static dev.upswell.api.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.redis.RedisFeedStore;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerIT {
  private static final long T0 = 1_780_000_000_000L;
  private static KafkaProcess kafka;
  private static RedisProcess redis;
  private static RedisConnection connection;
  private static FeedStoreWriter feeds;
  private static ApiServer api;
  private static ApiClient client;

  @BeforeAll
  static void start(@TempDir Path dir) {
    kafka = KafkaProcess.start(dir.resolve("kafka"));
    for (String topic : List.of("views", "engagements", "sessions", "follows")) {
      kafka.createTopic("upswell." + topic, 1, Map.of());
    }
    redis = RedisProcess.start(dir.resolve("redis"));
    connection = RedisConnection.open(RedisSettings.of(redis.uri()));
    feeds = new RedisFeedStore(connection, FeedSettings.DEFAULT);
    String[] args = {
      "--port",
      "0",
      "--auth",
      "off",
      "--redis.uri",
      redis.uri(),
      "--redis.reply-timeout",
      "500ms",
      "--kafka.bootstrap-servers",
      kafka.bootstrapServers()
    };
    api = ApiServer.start(ApiOptions.from(ApiOptions.options().read(args, Map.of())));
    client = new ApiClient(api.port());
  }

  @AfterAll
  static void stop() {
    api.close();
    connection.close();
    redis.close();
    kafka.close();
  }

  private static HttpRequest.Builder path(String path) {
    return client.path(path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    return client.send(request);
  }

  private static HttpResponse<String> get(String path) {
    return client.get(path);
  }

  private static HttpResponse<String> post(String body) {
    return send(path("/v1/events").POST(BodyPublishers.ofString(body)));
  }

  private static void publish(long creator, long video) {
    feeds
        .publish(
            Video.newBuilder()
                .setVideoId(video)
                .setCreatorId(creator)
                .setType(Video.Type.PUBLISHED)
                .build())
        .join();
  }

  private static List<String> walk(long user, int limit) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = json(get("/v1/users/" + user + "/feed?limit=" + limit + cursor));
      for (JsonElement entry : page.getAsJsonArray("entries")) {
        ids.add(entry.getAsJsonObject().get("videoId").getAsString());
      }
      cursor = page.has("cursor") ? "&cursor=" + page.get("cursor").getAsString() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  @Test
  void computedFeedIsStoredAndPushesComeFirst() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      long video = VideoIds.at(T0 + i, 0);
      publish(100 + i % 3, video);
      newestFirst.add(0, Long.toString(video));
    }
    feeds.follow(1, new Following(5, new long[] {100, 101, 102})).join();
    assertThat(walk(1, 10)).isEqualTo(newestFirst);
    assertThat(json(get("/v1/users/1/feed")).get("source").getAsString()).isEqualTo("computed");

    feeds.confirm(1, 5).join();
    get("/v1/users/1/feed");
    assertThat(json(get("/v1/users/1/feed")).get("source").getAsString()).isEqualTo("warm");
    long pushed = VideoIds.at(T0 + 1_000, 0);
    publish(101, pushed);
    feeds.push(new FeedPush(pushed, 101, new long[] {1})).join();

    newestFirst.add(0, Long.toString(pushed));
    assertThat(walk(1, 7)).isEqualTo(newestFirst);
    JsonObject first =
        json(get("/v1/users/1/feed?limit=1")).getAsJsonArray("entries").get(0).getAsJsonObject();
    assertThat(first.get("creatorId").getAsString()).isEqualTo("101");
    assertThat(first.get("publishedAt").getAsString()).isEqualTo("2026-05-28T20:26:41Z");
  }

  @Test
  void cachedFeedIsServedUntilAPushInvalidatesIt() {
    long creator = 400;
    long old = VideoIds.at(T0, 7);
    publish(creator, old);
    feeds.follow(4, new Following(5, new long[] {creator})).join();
    feeds.confirm(4, 5).join();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              double before = pagesAtHand();
              get("/v1/users/4/feed");
              return pagesAtHand() > before;
            });

    long pushed = VideoIds.at(T0 + 1, 7);
    publish(creator, pushed);
    feeds.push(new FeedPush(pushed, creator, new long[] {4})).join();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(walk(4, 20)).containsExactly(Long.toString(pushed), Long.toString(old)));
  }

  private static double pagesAtHand() {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("upswell_feed_pages_served_from_cache_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  @Test
  void unknownUserHasAnEmptyFeed() {
    JsonObject page = json(get("/v1/users/999/feed"));

    assertThat(page.getAsJsonArray("entries")).isEmpty();
    assertThat(page.has("cursor")).isFalse();
  }

  @Test
  void invalidParametersAreRejectedByName() {
    for (String wrong :
        List.of(
            "/v1/users/0/feed",
            "/v1/users/-1/feed",
            "/v1/users/+1/feed",
            "/v1/users/9223372036854775808/feed",
            "/v1/users/abc/feed")) {
      assertThat(problem(get(wrong), 400).get("detail").getAsString())
          .startsWith("userId: ")
          .endsWith("(expected: a positive 63-bit integer)");
    }
    assertThat(problem(get("/v1/users/1/feed?limit=101"), 400).get("detail").getAsString())
        .isEqualTo("limit: \"101\" (expected: 1..100)");
    for (String cursor : List.of("x", "AAAAAAAAAAAA", "AQAAAAAAAAAA", "AQ==")) {
      JsonArray errors =
          problem(get("/v1/users/1/feed?cursor=" + cursor), 400).getAsJsonArray("errors");
      assertThat(errors.get(0).getAsJsonObject().get("field").getAsString()).isEqualTo("cursor");
    }
  }

  @Test
  void unknownPathIsAProblem() {
    problem(get("/v1/nothing"), 404);
    problem(send(path("/v1/events")), 405);
  }

  @Test
  void acknowledgedEventsAreInKafka() throws Exception {
    long now = System.currentTimeMillis();

    HttpResponse<String> response =
        post(
            """
            {"follows": [{"followerId": "7", "followeeId": 8, "type": "FOLLOW", "at": %d}],
             "sessions": [{"userId": "7", "at": "%d"}]}
            """
                .formatted(now, now));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(json(response).get("accepted").getAsInt()).isEqualTo(2);
    ConsumerRecord<byte[], byte[]> record = newest("upswell.follows");
    assertThat(record.key()).asString().isEqualTo("7");
    assertThat(Follow.parseFrom(record.value()).getFolloweeId()).isEqualTo(8);
  }

  private static ConsumerRecord<byte[], byte[]> newest(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return !records.isEmpty();
              });
      return records.get(records.size() - 1);
    }
  }

  @Test
  void oneInvalidEventRejectsTheBatchWithItsPosition() {
    JsonObject problem =
        problem(
            post(
                """
                {"sessions": [{"userId": "7", "at": "1"}, {"userId": "x", "at": 1780000000000}]}
                """),
            400);

    JsonArray errors = problem.getAsJsonArray("errors");
    assertThat(errors).hasSize(2);
    assertThat(errors.get(0).getAsJsonObject().get("field").getAsString())
        .isEqualTo("sessions[0].at");
    assertThat(errors.get(1).getAsJsonObject().get("field").getAsString())
        .isEqualTo("sessions[1].userId");
    assertThat(errors.get(1).getAsJsonObject().get("given").getAsString()).isEqualTo("\"x\"");
  }

  @Test
  void invalidBodiesAreRejected() {
    for (String body :
        List.of(
            "",
            "[]",
            "{}",
            "{",
            "null",
            "{\"videos\": []}",
            "{\"views\": 1}",
            "{\"views\": [1]}")) {
      problem(post(body), 400);
    }
    problem(post("{\"views\": [" + "{},".repeat(1_000) + "{}]}"), 400);
    problem(post("[".repeat(100_000)), 400);
    problem(post(" ".repeat(2 << 20)), 413);
  }

  @Test
  void frozenRedisServesStaleFeedOr503() {
    JsonObject known = json(get("/v1/users/2/feed"));
    assertThat(known.get("stale").getAsBoolean()).isFalse();
    redis.pause();
    try {
      JsonObject stale = json(get("/v1/users/2/feed"));
      assertThat(stale.get("stale").getAsBoolean()).isTrue();
      assertThat(stale.get("ageMs").getAsLong()).isBetween(0L, 60_000L);
      assertThat(stale.getAsJsonArray("entries")).isEqualTo(known.getAsJsonArray("entries"));

      HttpResponse<String> response = get("/v1/users/3/feed");
      problem(response, 503);
      assertThat(response.headers().firstValue("retry-after")).hasValue("1");
    } finally {
      redis.resume();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !json(get("/v1/users/2/feed")).get("stale").getAsBoolean());
  }

  @Test
  void healthAndMetricsAreServed() {
    get("/v1/users/1/feed");

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body())
        .contains("upswell_feed_pages_total{source=\"computed\"}")
        .contains("upswell_http");
  }
}
