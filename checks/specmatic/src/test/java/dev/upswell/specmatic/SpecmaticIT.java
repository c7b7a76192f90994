package dev.upswell.specmatic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.Home;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import io.specmatic.conversions.OpenApiSpecification;
import io.specmatic.core.Feature;
import io.specmatic.core.Result;
import io.specmatic.test.ApacheHttpClientFactory;
import io.specmatic.test.ContractTest;
import io.specmatic.test.HttpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import kotlin.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * Sends requests that Specmatic generates from openapi.yaml, valid and invalid, to the shipped API.
 * Specmatic validates the responses by the same file.
 */
class SpecmaticIT {
  private static final long DEADLINE_MILLIS = 10_000;
  private static final int MOST = 1_000;

  @TempDir private Path dir;

  @Test
  void responsesMatchTheDescriptionForValidAndInvalidRequests() throws Exception {
    try (RedisProcess redis = RedisProcess.start(dir.resolve("redis"));
        ApiProcess api =
            ApiProcess.start(
                dir.resolve("api"),
                Ports.free(),
                List.of(
                    "--redis.uri=" + redis.uri(),
                    "--auth=off",
                    "--rate-limit.user.per-second=0",
                    "--rate-limit.client.per-second=0",
                    "--kafka.bootstrap-servers=127.0.0.1:9"))) {
      HttpClient client =
          new HttpClient(
              api.url(),
              DEADLINE_MILLIS,
              message -> Unit.INSTANCE,
              new ApacheHttpClientFactory(DEADLINE_MILLIS));
      List<String> wrong = new ArrayList<>();
      int generated = 0;
      for (Iterator<ContractTest> tests = tests();
          tests.hasNext() && generated < MOST;
          generated++) {
        ContractTest test = tests.next();
        Result result = test.runTest(client).getFirst();
        if (!result.isSuccess()) {
          wrong.add(test.testDescription() + ": " + result.reportString());
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(generated).isGreaterThan(40);
    }
  }

  private Iterator<ContractTest> tests() throws IOException {
    Feature feature =
        OpenApiSpecification.Companion.fromFile(description().toString())
            .toFeature()
            .enableGenerativeTesting(false);
    return feature.generateContractTests(List.of(), (scenario, row) -> scenario).iterator();
  }

  /**
   * Returns the description without the parts that a generator cannot test: cursors, because they
   * are sealed. Events, because they need a Kafka and have hundreds of thousands of combinations
   * (see EventsIT). The trending stream, because its response is endless (see TrendingIT).
   */
  private Path description() throws IOException {
    Map<String, Map<String, Map<String, Map<String, List<Map<String, Object>>>>>> file =
        new Yaml()
            .load(
                Files.readString(
                    Home.directory()
                        .resolve("serving-api/src/main/resources/dev/upswell/api/openapi.yaml")));
    var paths = file.get("paths");
    paths.remove("/v1/events");
    paths.remove("/v1/trending/stream");
    paths
        .get("/v1/users/{userId}/feed")
        .get("get")
        .get("parameters")
        .removeIf(parameter -> parameter.get("name").equals("cursor"));
    return Files.writeString(dir.resolve("openapi.yaml"), new Yaml().dump(file));
  }
}
