package dev.upswell.benchmarks.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Size of the job's last checkpoint, in full, not only its increment.
 *
 * @param all bytes of the state of all operators
 * @param audience bytes of the audience operator
 */
record CheckpointSize(long all, long audience) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Queries the REST interface of a cluster. */
  static CheckpointSize latest(Deployment deployment) {
    String job = deployment.flink().restUrl() + "/jobs/" + deployment.job();
    HttpClient client = HttpClient.newHttpClient();
    JsonNode last = get(client, job + "/checkpoints").path("latest").path("completed");
    JsonNode tasks =
        get(client, job + "/checkpoints/details/" + last.path("id").asLong()).path("tasks");
    long audience = 0;
    for (JsonNode vertex : get(client, job).path("vertices")) {
      if (vertex.path("name").asText().startsWith("audience")) {
        audience += tasks.path(vertex.path("id").asText()).path("state_size").asLong();
      }
    }
    long all = last.path("state_size").asLong();
    if (audience <= 0 || audience > all) {
      throw new IllegalStateException(
          "the audience's share of a checkpoint: %d of %d bytes".formatted(audience, all));
    }
    return new CheckpointSize(all, audience);
  }

  private static JsonNode get(HttpClient client, String address) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException("no answer from " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + address, e);
    }
  }
}
