package dev.upswell.api;

import static dev.upswell.api.ApiClient.json;
import static dev.upswell.api.ApiClient.problem;
import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.upswell.contract.events.Follow;
import dev.upswell.testing.TestKafka;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
