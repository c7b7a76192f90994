package dev.upswell.api;

import static dev.upswell.api.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TrendingValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks trending lists over HTTP, with values as the trending job writes them. */
class TrendingIT {
  /** 2026-05-28T20:27:00Z. */
  private static final long AT = 1_780_000_020_000L;

  private static final int CLIENTS = 1_000;
  private static final int PLACES = 100;
  private static final long CREATOR = 7;
  private static final String SEGMENT = "device:ios/region:BR/daypart:evening";

  private static TestApi api;

  @BeforeAll
  static void start(@TempDir Path dir) {
    // All of the clients here are one to the server.
    api = TestApi.start(dir, "--rate-limit.client.per-second=0");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void clear() {
    api.redis.flushAll();
    for (int place = 0; place <= PLACES; place++) {
      api.feeds.publish(CREATOR, entry(place).getVideoId());
    }
  }

  private static TrendingList.Entry entry(int place) {
    return TrendingList.Entry.newBuilder()
        .setVideoId(Long.MAX_VALUE - place)
        .setCreatorId(CREATOR)
        .setScore(100.5 - place)
        .setEngagement(1_000)
        .setBaseline(10)
        .setDeviation(9.5)
        .setViews(900)
        .setViewers(800)
        .build();
  }

  private static void write(String scope, long at) {
    TrendingList.Builder lists =
        TrendingList.newBuilder().setScope(scope).setAt(Timestamps.fromMillis(at));
    for (int place = 0; place < PLACES; place++) {
      lists.addTop(entry(place));
      lists.addEntries(entry(place + 1));
    }
    api.redis.set(RedisKeys.trending(scope), new TrendingValue(lists.build()).toBytes());
  }

  @Test
  void listHasRanksAndScores() {
    write("global", AT);

    JsonObject list = api.client.json("/v1/trending?limit=1&kind=top");
    assertThat(list)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"scope": "global", "kind": "top", "asOf": "2026-05-28T20:27:00Z",
                 "entries": [{"videoId": "9223372036854775807", "creatorId": "7", "score": 100.5,
                   "engagement": 1000.0, "baseline": 10.0, "deviation": 9.5, "views": 900,
                   "viewers": 800}]}
                """));
    JsonObject rising = api.client.json("/v1/trending?scope=global&limit=100");
    assertThat(rising.get("kind").getAsString()).isEqualTo("rising");
    assertThat(rising.getAsJsonArray("entries")).hasSize(100);
    assertThat(api.client.json("/v1/trending").getAsJsonArray("entries")).hasSize(20);
  }

  @Test
  void scopesHaveOwnListsAndUnwrittenOnesAreEmpty() {
    write(SEGMENT, AT);

    assertThat(api.client.json("/v1/trending?scope=" + SEGMENT).getAsJsonArray("entries"))
        .hasSize(20);
    assertThat(api.client.json("/v1/trending?scope=region:BR/category:hip-hop"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"scope": "region:BR/category:hip-hop", "kind": "rising", "entries": []}
                """));
  }

  private static List<Long> listed(String query) {
    return api.client.json("/v1/trending?" + query).getAsJsonArray("entries").asList().stream()
        .map(entry -> entry.getAsJsonObject().get("videoId").getAsLong())
        .toList();
  }

  @Test
  void hiddenVideosLeaveListsThatAreNotWrittenAgain() {
    write(SEGMENT, AT);
    List<Long> before = listed("kind=top&limit=5&scope=" + SEGMENT);
    assertThat(before).hasSize(5);

    api.feeds.remove(CREATOR, before.get(0));
    api.feeds.publish(CREATOR, before.get(1), Video.Visibility.PRIVATE);
    api.feeds.publish(CREATOR, before.get(2), Video.Visibility.FOLLOWERS);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(listed("kind=top&limit=5&scope=" + SEGMENT))
                    .hasSize(5)
                    .startsWith(before.get(3), before.get(4))
                    .doesNotContainAnyElementsOf(before.subList(0, 3)));
  }

  @Test
  void unknownVideosAreInNoList() {
    write("global", AT);
    api.redis.flushAll();
    write("global", AT);

    await().atMost(Duration.ofSeconds(20)).until(() -> listed("scope=global").isEmpty());
  }

  @Test
  void streamSendsTheListAgainWithoutARemovedVideo() throws IOException {
    write("region:XB", AT);
    long removed = entry(0).getVideoId();
    try (SseClients clients = new SseClients(api.server.port())) {
      SseClients.Client client =
          clients.open("/v1/trending/stream?scope=region:XB&kind=top&limit=2");
      await().atMost(Duration.ofMinutes(1)).until(() -> client.events() == 1);
      assertThat(client.has(Long.toString(removed))).isTrue();
      api.feeds.remove(CREATOR, removed);
      await().atMost(Duration.ofMinutes(1)).until(() -> client.events() == 2);

      String second = client.text().substring(client.text().lastIndexOf("id:"));
      assertThat(second)
          .startsWith("id:" + AT + "\n")
          .doesNotContain(Long.toString(removed))
          .contains(Long.toString(entry(2).getVideoId()));
      SseClients.Client later =
          clients.open("/v1/trending/stream?scope=region:XB&kind=top&limit=2");
      await().atMost(Duration.ofMinutes(1)).until(() -> later.events() == 1);
      assertThat(later.has(Long.toString(removed))).isFalse();
    }
  }

  @Test
  void scopesAreNormalizedLikeEvents() {
    write(SEGMENT, AT);

    String shouted = SEGMENT.toUpperCase(Locale.ROOT);
    assertThat(api.client.json("/v1/trending?scope=" + shouted).get("scope").getAsString())
        .isEqualTo(SEGMENT);
    assertThat(
            api.client
                .json("/v1/trending?scope=region:br/category:Comedy")
                .get("scope")
                .getAsString())
        .isEqualTo("region:BR/category:comedy");
    assertThat(api.client.json("/v1/trending?scope=Region:br").get("scope").getAsString())
        .isEqualTo("region:BR");
  }

  @Test
  void listsAreCacheableAndMatchingTagsGet304() {
    write("global", AT);
    HttpResponse<String> first = api.client.get("/v1/trending");
    String tag = first.headers().firstValue("etag").orElseThrow();
    assertThat(first.headers().firstValue("cache-control")).hasValue("public, max-age=5");

    HttpResponse<String> again =
        api.client.send(api.client.path("/v1/trending").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();

    write("global", AT + 10_000);
    assertThat(
            api.client
                .send(api.client.path("/v1/trending").header("If-None-Match", tag))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void invalidScopeKindOrLimitIsRejectedByName() {
    for (String[] one :
        new String[][] {
          {"?scope=region:brazil", "scope"},
          {"?scope=region:BR/category:hip_hop", "scope"},
          {"?scope=device:ios/region:BR/daypart:noon", "scope"},
          {"?kind=falling", "kind"},
          {"?limit=101", "limit"},
        }) {
      JsonObject problem = problem(api.client.get("/v1/trending" + one[0]), 400);
      assertThat(ApiClient.field(problem)).isEqualTo(one[1]);
    }
    problem(api.client.get("/v1/trending/stream"), 400);
  }

  @Test
  void thousandClientsGetAllListsDespiteOneSlowClient() throws IOException {
    write("global", AT);
    try (SseClients clients = new SseClients(api.server.port())) {
      SseClients.Client slow = clients.open("/v1/trending/stream?scope=global&limit=100");
      slow.stopReading();
      List<SseClients.Client> others = new ArrayList<>();
      for (int i = 1; i < CLIENTS; i++) {
        others.add(clients.open("/v1/trending/stream?scope=global&limit=100"));
      }
      long last = AT;
      for (int list = 1; list <= 4; list++) {
        allHave(others, last);
        last = AT + list * 10_000L;
        write("global", last);
      }
      allHave(others, last);
      assertThat(api.client.get("/metrics").body())
          .containsPattern("upswell_trending_streams 1000(\\.0)?\n");
      for (SseClients.Client client : others) {
        assertThat(client.events()).isEqualTo(5);
      }
      slow.goOnReading();
      String newest = "id:" + last + "\n";
      await().atMost(Duration.ofMinutes(1)).until(() -> slow.has(newest));
    }
  }

  private static void allHave(List<SseClients.Client> clients, long at) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> clients.stream().allMatch(client -> client.has("id:" + at + "\n")));
  }

  @Test
  void streamsAboveTheLimitAreRejectedUntilOneCloses() throws IOException {
    try (ApiServer small = TestApi.server(api.redis.uri(), "--trending.max-streams=2")) {
      ApiClient client = new ApiClient(small.port());
      try (SseClients clients = new SseClients(small.port())) {
        for (int i = 0; i < 2; i++) {
          SseClients.Client stream = clients.open("/v1/trending/stream?scope=global");
          await().until(() -> stream.has("200 OK"));
        }
        HttpResponse<String> rejected = client.get("/v1/trending/stream?scope=global");
        assertThat(problem(rejected, 503).get("detail").getAsString())
            .isEqualTo("This instance holds as many streams as it may, 2.");
        assertThat(rejected.headers().firstValue("retry-after")).hasValue("5");
        assertThat(client.json("/stats").getAsJsonObject("rejected").get("streams").getAsInt())
            .isEqualTo(1);
      }
      try (SseClients clients = new SseClients(small.port())) {
        await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () -> {
                  SseClients.Client stream = clients.open("/v1/trending/stream?scope=global");
                  await().until(() -> stream.has("\r\n\r\n"));
                  return stream.has("200 OK");
                });
      }
    }
  }

  @Test
  void shutdownEndsStreamsImmediately() throws IOException {
    write("global", AT);
    ApiServer stopping = TestApi.server(api.redis.uri(), "--drain=5m");
    try (SseClients clients = new SseClients(stopping.port())) {
      List<SseClients.Client> streams = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        streams.add(clients.open("/v1/trending/stream?scope=global"));
      }
      allHave(streams, AT);
      // Long before the five minutes that requests may take.
      assertThat(CompletableFuture.runAsync(stopping::close)).succeedsWithin(Duration.ofMinutes(1));
      await().until(() -> streams.stream().allMatch(SseClients.Client::isOver));
      // The last chunk: an end and no break.
      assertThat(streams).allSatisfy(stream -> assertThat(stream.text()).endsWith("\r\n0\r\n\r\n"));
    }
  }

  @Test
  void bytesFromTheClientDoNotCloseAnIdleStream() throws IOException {
    // A deadline for requests, after which slow senders are cut off, long before a stream says that
    // it is still there.
    try (ApiServer server =
            TestApi.server(
                api.redis.uri(),
                "--request.deadline=100ms",
                "--admission.max-wait=10ms",
                "--read.deadline=50ms",
                "--feed.read-timeout=50ms");
        SseClients clients = new SseClients(server.port())) {
      SseClients.Client client = clients.open("/v1/trending/stream?scope=region:BR");
      await().until(() -> client.has("200 OK"));
      client.send("G");
      await().atMost(Duration.ofMinutes(1)).until(() -> client.has(":\n\n") || client.isOver());
      write("region:BR", AT);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> client.has("id:" + AT + "\n") || client.isOver());
      assertThat(client.isOver()).isFalse();
    }
  }

  @Test
  void reconnectedClientGetsOnlyNewerLists() throws IOException {
    write("region:BR", AT);
    try (SseClients clients = new SseClients(api.server.port())) {
      SseClients.Client client =
          clients.open("/v1/trending/stream?scope=region:BR&kind=top", "last-event-id: " + AT);
      write("region:BR", AT + 10_000);
      await().atMost(Duration.ofMinutes(1)).until(() -> client.has("id:" + (AT + 10_000) + "\n"));
      assertThat(client.events()).isEqualTo(1);
      assertThat(client.text())
          .contains("content-type: text/event-stream")
          .contains("event:lists\ndata:{\"scope\":\"region:BR\",\"kind\":\"top\",\"asOf\":");
    }
  }
}
