package dev.upswell.api;

import static dev.upswell.api.ApiClient.json;
import static dev.upswell.api.ApiClient.problem;
import static dev.upswell.testing.TestKafka.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.View;
import dev.upswell.testing.TestKafka;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsIT {
  private static TestKafka kafka;
  private static TestApi api;

  @BeforeAll
  static void start(@TempDir Path dir) {
    kafka = TestKafka.start(dir.resolve("kafka"));
    kafka.createTopics(
        1, TOPICS.views(), TOPICS.engagements(), TOPICS.sessions(), TOPICS.follows());
    api = TestApi.start(dir, "--kafka.bootstrap-servers=" + kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    api.close();
    kafka.close();
  }

  private static HttpResponse<String> post(String body) {
    return api.client.send(api.client.path("/v1/events").POST(BodyPublishers.ofString(body)));
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
    List<ConsumerRecord<byte[], byte[]>> records = kafka.records(TOPICS.follows());
    assertThat(records).isNotEmpty();
    ConsumerRecord<byte[], byte[]> record = records.get(records.size() - 1);
    assertThat(record.key()).asString().isEqualTo("7");
    assertThat(Follow.parseFrom(record.value()).getFolloweeId()).isEqualTo(8);
  }

  @Test
  void timesAheadOfTheServerAreClampedAndCounted() throws Exception {
    long before = System.currentTimeMillis();
    long ahead = before + Duration.ofDays(3).toMillis();

    HttpResponse<String> response =
        post(
            """
            {"follows": [{"followerId": 77, "followeeId": 8, "type": "FOLLOW", "at": %d}],
             "engagements": [{"viewerId": 77, "videoId": 5, "creatorId": 8, "type": "LIKE",
               "at": "%d"}],
             "views": [{"viewerId": 77, "videoId": 5, "creatorId": 8, "viewedAt": "%d"}],
             "sessions": [{"userId": 77, "at": %d}, {"userId": 77, "at": %d}]}
            """
                .formatted(ahead, ahead, ahead, Long.MAX_VALUE, before));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("{\"accepted\":5,\"clamped\":4}");
    long after = System.currentTimeMillis();
    assertThat(Follow.parseFrom(last(TOPICS.follows())).getAt()).isBetween(before, after);
    assertThat(Engagement.parseFrom(last(TOPICS.engagements())).getAt()).isBetween(before, after);
    assertThat(View.parseFrom(last(TOPICS.views())).getViewedAt()).isBetween(before, after);
    assertThat(Session.parseFrom(last(TOPICS.sessions())).getAt()).isEqualTo(before);
  }

  private static byte[] last(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = kafka.records(topic);
    return records.get(records.size() - 1).value();
  }

  @Test
  void timesBefore2020RejectTheBatch() {
    JsonObject problem = problem(post("{\"sessions\": [{\"userId\": 7, \"at\": 1}]}"), 400);

    assertThat(ApiClient.field(problem)).isEqualTo("sessions[0].at");
  }

  private static HttpResponse<String> post(byte[] body) {
    return api.client.send(api.client.path("/v1/events").POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void bodiesAreDecodedStrictly() {
    byte[] body =
        """
        {"views": [{"viewerId": 7, "videoId": 5, "creatorId": 8, "viewedAt": %d, "eventId": "a~"}]}
        """
            .formatted(System.currentTimeMillis())
            .getBytes(UTF_8);
    assertThat(post(body).statusCode()).isEqualTo(202);
    byte[] marked = new byte[body.length + 3];
    System.arraycopy(body, 0, marked, 3, body.length);
    marked[0] = (byte) 0xEF;
    marked[1] = (byte) 0xBB;
    marked[2] = (byte) 0xBF;
    assertThat(problem(post(marked), 400).get("detail").getAsString())
        .isEqualTo("record: a byte order mark (expected: one JSON object in UTF-8)");
    byte[] invalid = body.clone();
    for (int i = 0; i < invalid.length; i++) {
      invalid[i] = invalid[i] == '~' ? (byte) 0xFF : invalid[i];
    }
    assertThat(problem(post(invalid), 400).get("detail").getAsString())
        .isEqualTo("record: invalid UTF-8 (expected: one JSON object in UTF-8)");
  }

  @Test
  void longNamesAreShortenedInErrors() {
    String name = "x".repeat(100_000);
    for (String body : List.of("{\"%s\": []}", "{\"%s\": 1}")) {
      HttpResponse<String> response = post(body.formatted(name));
      problem(response, 400);
      assertThat(response.body().length()).isLessThan(1_000);
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
}
