package dev.upswell.specmatic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.Home;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import io.specmatic.conversions.OpenApiSpecification;
import io.specmatic.core.Feature;
import io.specmatic.core.Results;
import io.specmatic.test.ApacheHttpClientFactory;
import io.specmatic.test.HttpClient;
import java.nio.file.Path;
import java.util.List;
import kotlin.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that Specmatic makes of openapi.yaml, right ones and wrong ones, to the API as it is
 * shipped; it judges the answers by the same file.
 */
class SpecmaticIT {
  private static final long DEADLINE_MILLIS = 10_000;

  @TempDir private Path dir;

  @Test
  void theApiAnswersAsItsDescriptionSaysToRightAndWrongRequests() {
    try (RedisProcess redis = RedisProcess.start(dir.resolve("redis"));
        ApiProcess api =
            ApiProcess.start(
                dir.resolve("api"),
                Ports.free(),
                List.of(
                    "--redis.uri=" + redis.uri(),
                    "--auth=off",
                    "--limits.user.per-second=0",
                    "--limits.client.per-second=0",
                    "--kafka.bootstrap-servers=127.0.0.1:9"))) {
      Feature feature =
          OpenApiSpecification.Companion.fromFile(description().toString())
              .toFeature()
              .enableGenerativeTesting(false);

      Results results =
          feature.executeTests(
              new HttpClient(
                  api.url(),
                  DEADLINE_MILLIS,
                  message -> Unit.INSTANCE,
                  new ApacheHttpClientFactory(DEADLINE_MILLIS)),
              List.of(),
              List.of());

      assertThat(results.success()).as(results.report("none")).isTrue();
      assertThat(results.getSuccessCount()).isGreaterThan(30);
    }
  }

  private static Path description() {
    return Home.directory().resolve("serving-api/src/main/resources/dev/upswell/api/openapi.yaml");
  }
}
