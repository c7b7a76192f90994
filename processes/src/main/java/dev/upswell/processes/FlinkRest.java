package dev.upswell.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls of Flink's REST interface that a cluster needs. */
final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String BOUNDARY = "upswell-jar";

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  FlinkRest(String url) {
    this.url = url;
  }

  String url() {
    return url;
  }

  boolean answers() {
    try {
      return get("/overview").path("slots-total").isInt();
    } catch (ProcessFailedException notYet) {
      return false;
    }
  }

  int slots() {
    return get("/overview").path("slots-total").asInt();
  }

  /** Returns the slots of a TaskManager, 0 until it registers. */
  int slotsOf(String taskManagerId) {
    for (JsonNode taskManager : get("/taskmanagers").path("taskmanagers")) {
      if (taskManager.path("id").asText().equals(taskManagerId)) {
        return taskManager.path("slotsNumber").asInt();
      }
    }
    return 0;
  }

  /** Returns the id under which the cluster keeps the jar. */
  String upload(Path jar) {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + jar.getFileName()
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    String tail = "\r\n--" + BOUNDARY + "--\r\n";
    try {
      BodyPublisher body =
          BodyPublishers.concat(
              BodyPublishers.ofString(head),
              BodyPublishers.ofFile(jar),
              BodyPublishers.ofString(tail));
      JsonNode answer =
          send(
              request("/jars/upload")
                  .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                  .POST(body)
                  .build());
      return Path.of(answer.path("filename").asText()).getFileName().toString();
    } catch (IOException e) {
      throw new ProcessFailedException("job jar " + jar + " cannot be read", e);
    }
  }

  /**
   * Submits a job and returns its id.
   *
   * @param parallelism of operators without their own; without it Flink uses 1, regardless of its
   *     options
   */
  String run(String jarId, List<String> arguments, int parallelism, Optional<Path> savepoint) {
    ObjectNode body = JSON.createObjectNode().put("parallelism", parallelism);
    arguments.forEach(body.putArray("programArgsList")::add);
    savepoint.ifPresent(
        path -> {
          body.put("savepointPath", path.toUri().toString());
          body.put("claimMode", "NO_CLAIM");
        });
    return post("/jars/" + jarId + "/run", body).path("jobid").asText();
  }

  JobStatus status(String jobId) {
    return JobStatus.valueOf(job(jobId).path("state").asText());
  }

  boolean allTasksRun(String jobId) {
    JsonNode job = job(jobId);
    boolean all = job.path("state").asText().equals("RUNNING") && !job.path("vertices").isEmpty();
    for (JsonNode vertex : job.path("vertices")) {
      all &= vertex.path("status").asText().equals("RUNNING");
    }
    return all;
  }

  void cancel(String jobId) {
    send(
        request("/jobs/" + jobId + "?mode=cancel")
            .method("PATCH", BodyPublishers.noBody())
            .build());
  }

  Path stopWithSavepoint(String jobId, Path folder, Duration limit) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("targetDirectory", folder.toUri().toString())
            .put("drain", false);
    String trigger = post("/jobs/" + jobId + "/stop", body).path("request-id").asText();
    String path = "/jobs/" + jobId + "/savepoints/" + trigger;
    Await.until(limit, () -> get(path).path("status").path("id").asText().equals("COMPLETED"));
    JsonNode answer = get(path);
    JsonNode operation = answer.path("operation");
    if (!operation.hasNonNull("location")) {
      throw new ProcessFailedException("no savepoint of job " + jobId + ": " + answer);
    }
    return Path.of(URI.create(operation.path("location").asText()));
  }

  long completedCheckpoints(String jobId) {
    return get("/jobs/" + jobId + "/checkpoints").path("counts").path("completed").asLong();
  }

  Optional<Path> latestCheckpoint(String jobId) {
    JsonNode path =
        get("/jobs/" + jobId + "/checkpoints")
            .path("latest")
            .path("completed")
            .path("external_path");
    return path.isTextual() ? Optional.of(Path.of(URI.create(path.asText()))) : Optional.empty();
  }

  long checkpointBytes(String jobId) {
    return get("/jobs/" + jobId + "/checkpoints")
        .path("latest")
        .path("completed")
        .path("state_size")
        .asLong();
  }

  long restarts(String jobId) {
    // Counted by attempts of tasks, from 0, because the metric of restarts can be unknown for
    // minutes after the end of a TaskManager.
    long attempts = 0;
    for (JsonNode vertex : job(jobId).path("vertices")) {
      JsonNode details = get("/jobs/" + jobId + "/vertices/" + vertex.path("id").asText());
      for (JsonNode subtask : details.path("subtasks")) {
        attempts = Math.max(attempts, subtask.path("attempt").asLong());
      }
    }
    return attempts;
  }

  List<String> exceptions(String jobId) {
    List<String> traces = new ArrayList<>();
    get("/jobs/" + jobId + "/exceptions")
        .path("exceptionHistory")
        .path("entries")
        .forEach(entry -> traces.add(entry.path("stacktrace").asText()));
    return List.copyOf(traces);
  }

  private JsonNode job(String jobId) {
    return get("/jobs/" + jobId);
  }

  private JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  private JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      JsonNode body = JSON.readTree(response.body());
      if (response.statusCode() >= 300) {
        throw new ProcessFailedException(
            request.method()
                + " "
                + request.uri()
                + ": "
                + response.statusCode()
                + " "
                + errors(body));
      }
      return body;
    } catch (IOException e) {
      throw new ProcessFailedException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("interrupted while asking " + request.uri(), e);
    }
  }

  private static String errors(JsonNode body) {
    List<String> errors = new ArrayList<>();
    body.path("errors").forEach(error -> errors.add(error.asText()));
    return String.join("\n", errors);
  }
}
