package dev.upswell.benchmarks.process;

import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The API with a Redis and no Kafka, which reading feeds does not need. */
public final class ApiWithoutKafka {
  private ApiWithoutKafka() {}

  /**
   * Starts the API and waits until it is ready.
   *
   * @param more further options
   */
  public static ApiProcess start(Path directory, String redisUri, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--redis.uri=" + redisUri,
                "--auth=off",
                // A few clients on one address send the requests of millions.
                "--rate-limit.user.per-second=0",
                "--rate-limit.client.per-second=0",
                // An unused address, retried too rarely to affect the measurement.
                "--kafka.bootstrap-servers=127.0.0.1:9",
                "--kafka.reconnect.backoff.ms=30000",
                "--kafka.reconnect.backoff.max.ms=30000"));
    options.addAll(List.of(more));
    return ApiProcess.start(directory, Ports.free(), options);
  }
}
