package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, in a process of its own. */
class ApiJarIT {
  /** So long that it is not in the random digits of a trace by chance, as a short one may be. */
  private static final long FIRST_USER = 8_765_432_109_876_543_000L;

  private static final int CLIENTS = 4;

  @Test
  void shutdownIsGracefulAndLogIsOneJsonObjectPerLine(@TempDir Path dir) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (RedisProcess redis = RedisProcess.start(dir.resolve("redis"));
        ApiProcess api =
            ApiProcess.start(
                dir.resolve("api"),
                Ports.free(),
                List.of(
                    "--auth=off",
                    "--log.requests=all",
                    "--rate-limit.user.per-second=0",
                    "--rate-limit.client.per-second=0",
                    "--redis.uri=" + redis.uri(),
                    "--kafka.bootstrap-servers=127.0.0.1:9"))) {
      AtomicBoolean stopping = new AtomicBoolean();
      List<CompletableFuture<String>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        long user = FIRST_USER + i;
        clients.add(CompletableFuture.supplyAsync(() -> ask(api, user, stopping), threads));
      }
      ProcessHandle process = ProcessHandle.of(api.pid()).orElseThrow();
      stopping.set(true);
      assertThat(process.destroy()).isTrue();

      assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
      for (CompletableFuture<String> client : clients) {
        assertThat(client)
            .succeedsWithin(Duration.ofSeconds(20))
            .as(() -> errors(dir))
            .isEqualTo("only 200");
      }
    } finally {
      threads.shutdownNow();
    }
    List<String> lines = Files.readAllLines(dir.resolve("api").resolve("api.log"));
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("\"message\":\"stopped\""));
    for (String line : lines) {
      JsonObject object = JsonParser.parseString(line).getAsJsonObject();
      assertThat(object.keySet()).as(line).contains("at", "level", "logger", "message");
      assertThat(line).as("no user").doesNotContain(Long.toString(FIRST_USER / 1_000));
    }
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"route\":\"/v1/users/:userId/feed\"")
                    .contains("\"trace\":"));
  }

  private static String errors(Path dir) {
    try (Stream<String> lines = Files.lines(dir.resolve("api").resolve("api.log"))) {
      return lines.filter(line -> line.contains("ERROR")).limit(2).collect(Collectors.joining());
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  /** Asks until the server has ended; what was answered until then. */
  private static String ask(ApiProcess api, long user, AtomicBoolean stopping) {
    try (RawClient client = new RawClient(api.port())) {
      while (true) {
        int status =
            client
                .send(new HostileRequests.Request("GET", "/v1/users/" + user + "/feed", "", ""))
                .status();
        if (status == 503 && stopping.get()) {
          // Requests that continue after the drain time.
          return "only 200";
        }
        if (status != 200) {
          return "status " + status;
        }
      }
    } catch (IOException ended) {
      return stopping.get() ? "only 200" : "ended too early: " + ended;
    }
  }
}
