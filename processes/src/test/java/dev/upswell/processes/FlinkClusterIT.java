package dev.upswell.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkClusterIT {
  @TempDir Path directory;

  @Test
  void killedTaskManagerIsReplaced() {
    FlinkSettings settings = FlinkSettings.defaults().withTaskManagers(1, 3);
    List<Long> pids;
    try (FlinkCluster cluster = FlinkCluster.start(directory, settings)) {
      assertThat(cluster.slots()).isEqualTo(3);
      assertThat(cluster.memoryBytes()).isPresent();

      cluster.killTaskManager(0);
      int second = cluster.startTaskManager();
      assertThat(second).isEqualTo(1);
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(cluster.slots()).isEqualTo(3));
      pids = cluster.pids();
      assertThat(pids).hasSize(2);
    }
    assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
  }

  @Test
  void invalidOptionFailsTheStartWithLogAndReason() {
    FlinkSettings settings = FlinkSettings.defaults().withExtra(Map.of("rest.port", "not-a-port"));
    assertThatThrownBy(() -> FlinkCluster.start(directory, settings))
        .isInstanceOf(ProcessFailedException.class)
        .hasMessageContaining("Flink's JobManager")
        .hasMessageContaining(directory.resolve("jobmanager.log").toString())
        .hasMessageContaining("not-a-port");
  }

  @Test
  void jarWithoutAJobIsRejectedWithTheReason() throws IOException {
    Path jar = Files.writeString(directory.resolve("empty.jar"), "no jar at all");
    FlinkSettings settings = FlinkSettings.defaults().withTaskManagers(0, 1);
    try (FlinkCluster cluster = FlinkCluster.start(directory.resolve("flink"), settings)) {
      assertThatThrownBy(() -> cluster.submit(jar, List.of()))
          .isInstanceOf(ProcessFailedException.class)
          .hasMessageContaining("/run");
    }
  }
}
