package dev.upswell.options;

import static dev.upswell.options.Fixture.arguments;
import static dev.upswell.options.Fixture.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassedThroughTest {
  @TempDir Path folder;

  @Test
  void prefixedOptionsArePassedThrough() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("o.properties"),
            "kafka.client.id=file\nkafka.acks=file\nkafka.linger.ms=5\n");
    Options options =
        Fixture.SET.read(
            new String[] {"--options-file=" + file, "--kafka.client.id", "argument"},
            map("UPSWELL_KAFKA_CLIENT_ID", "environment", "UPSWELL_KAFKA_ACKS", "environment"));
    assertThat(options.passedThrough("kafka."))
        .isEqualTo(Map.of("client.id", "argument", "acks", "environment", "linger.ms", "5"));
  }

  @Test
  void unknownPrefixesAreRejected() {
    assertThatThrownBy(() -> arguments().passedThrough("redis."))
        .hasMessage("prefix: redis. (expected: one of [kafka.])");
    assertThatThrownBy(() -> arguments("--redis.timeout=1"))
        .hasMessageStartingWith("--redis.timeout: unknown option");
    assertThatThrownBy(() -> arguments("--kafka.=1")).hasMessageStartingWith("--kafka.: unknown");
  }

  @Test
  void ownOptionsAreNotPassedThrough() {
    Option<String> servers = Option.text("kafka.bootstrap-servers", "localhost:9092", "Where.");
    OptionSet set = OptionSet.of("x", "y", servers).passing("kafka.");
    Options options =
        set.read(new String[0], Map.of("UPSWELL_KAFKA_BOOTSTRAP_SERVERS", "broker:9092"));
    assertThat(options.get(servers)).isEqualTo("broker:9092");
    assertThat(options.passedThrough("kafka.")).isEmpty();
    assertThatThrownBy(() -> set.read(new String[] {"--kafka.bootstrap.servers=b"}, Map.of()))
        .hasMessage(
            "--kafka.bootstrap.servers: unknown option; did you mean --kafka.bootstrap-servers?");
  }

  @Test
  void passedThroughOptionsAreImmutable() {
    Map<String, String> passed = arguments("--kafka.acks=all").passedThrough("kafka.");
    assertThatThrownBy(() -> passed.put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
