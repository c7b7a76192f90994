package dev.upswell.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkJobIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void jobSurvivesItsTaskManagerAndResumesFromItsSavepoint() throws Exception {
    Path jar = CountingJob.jar(directory);
    FlinkSettings settings =
        FlinkSettings.defaults()
            .withExtra(Map.of("parallelism.default", "2"))
            .withCheckpoints(directory.resolve("checkpoints"));
    try (FlinkCluster cluster = FlinkCluster.start(directory.resolve("flink"), settings)) {
      String job = cluster.submit(jar, List.of());
      cluster.awaitRunning(job, LIMIT);
      assertThat(get(cluster.restUrl() + "/jobs/" + job + "/config"))
          .contains("\"job-parallelism\":2");
      awaitCheckpoint(cluster, job);
      assertThat(cluster.latestCheckpointPath(job).orElseThrow())
          .startsWithRaw(cluster.checkpoints().resolve(job));
      assertThat(cluster.exceptions(job)).isEmpty();

      cluster.killTaskManager(0);
      cluster.startTaskManager();
      Awaitility.await().atMost(LIMIT).until(() -> cluster.restarts(job) > 0);
      cluster.awaitRunning(job, LIMIT);
      assertThat(cluster.exceptions(job)).isNotEmpty();

      Path savepoint = cluster.stopWithSavepoint(job, directory.resolve("savepoints"));
      assertThat(savepoint.resolve("_metadata")).isRegularFile();
      assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);

      String next = cluster.submit(jar, List.of(), Optional.of(savepoint));
      cluster.awaitRunning(next, LIMIT);
      cluster.cancel(next);
      assertThat(cluster.status(next)).isEqualTo(JobStatus.CANCELED);
      assertThatThrownBy(() -> cluster.awaitRunning(next, LIMIT))
          .isInstanceOf(ProcessFailedException.class)
          .hasMessageContaining("is CANCELED (expected: every task RUNNING within 60 s)");

      assertThatThrownBy(() -> cluster.submit(jar, List.of("--colour")))
          .isInstanceOf(ProcessFailedException.class)
          .hasMessageContaining("--colour: no such option");
    }
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static void awaitCheckpoint(FlinkCluster cluster, String job) {
    Awaitility.await().atMost(LIMIT).until(() -> cluster.completedCheckpoints(job) > 0);
  }
}
