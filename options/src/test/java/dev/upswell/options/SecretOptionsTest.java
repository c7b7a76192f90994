package dev.upswell.options;

import static dev.upswell.options.Fixture.arguments;
import static dev.upswell.options.Fixture.environment;
import static dev.upswell.options.Fixture.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets come by the environment or a file, and are nowhere to be seen. */
class SecretOptionsTest {
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  @Test
  void secretsAreReadFromEnvironmentAndFiles() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
    Path options = Files.writeString(folder.resolve("o.properties"), "redis.password=" + SECRET);
    assertThat(environment("UPSWELL_REDIS_PASSWORD", SECRET).get(Fixture.PASSWORD))
        .contains(SECRET);
    assertThat(environment("UPSWELL_REDIS_PASSWORD_FILE", file.toString()).get(Fixture.PASSWORD))
        .contains(SECRET);
    assertThat(arguments("--options-file=" + options).get(Fixture.PASSWORD)).contains(SECRET);
    Map<String, String> both =
        map("UPSWELL_REDIS_PASSWORD", "direct", "UPSWELL_REDIS_PASSWORD_FILE", file.toString());
    assertThat(Fixture.SET.read(new String[0], both).get(Fixture.PASSWORD)).contains("direct");
  }

  @Test
  void onlyTheLastNewlineOfASecretFileIsRemoved() throws IOException {
    Path file = folder.resolve("password");
    for (String ending : new String[] {"", "\n", "\r\n"}) {
      Files.writeString(file, " a\nb " + ending);
      assertThat(environment("UPSWELL_REDIS_PASSWORD_FILE", file.toString()).get(Fixture.PASSWORD))
          .contains(" a\nb ");
    }
  }

  @Test
  void unreadableSecretFilesAreRejected() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> environment("UPSWELL_REDIS_PASSWORD_FILE", missing.toString()))
        .isInstanceOf(OptionException.class)
        .hasMessage("UPSWELL_REDIS_PASSWORD_FILE: " + missing + " (expected: a readable file)");
  }

  @Test
  void secretArgumentsAreRejectedAndNotShown() {
    assertThatThrownBy(() -> arguments("--redis.password", SECRET))
        .hasMessage(
            "--redis.password: a secret among the arguments (expected: in UPSWELL_REDIS_PASSWORD,"
                + " UPSWELL_REDIS_PASSWORD_FILE or the options file)");
    for (String name : new String[] {"sasl.jaas.config", "ssl.key.password", "my.SECRET"}) {
      assertThatThrownBy(() -> arguments("--kafka." + name + "=" + SECRET))
          .hasMessageContaining("a secret among the arguments")
          .message()
          .doesNotContain(SECRET);
    }
    assertThatThrownBy(() -> arguments("--redis.uri=redis://me:" + SECRET + "@cache"))
        .hasMessage(
            "--redis.uri: a password among the arguments (expected: in UPSWELL_REDIS_URI or the"
                + " options file)");
    assertThat(arguments("--redis.uri=redis://me@cache:1").get(Fixture.REDIS).getPort())
        .isEqualTo(1);
  }

  @Test
  void listingsMaskSecrets() {
    Options options =
        environment(
            "UPSWELL_REDIS_PASSWORD", SECRET,
            "UPSWELL_REDIS_URI", "redis://me:" + SECRET + "@cache:6379",
            "UPSWELL_KAFKA_SASL_JAAS_CONFIG", "x required password=" + SECRET,
            "UPSWELL_KAFKA_SSL_KEY_PASSWORD", SECRET,
            "UPSWELL_KAFKA_SSL_KEYSTORE_KEY", SECRET,
            "UPSWELL_KAFKA_BEARER_TOKEN", SECRET,
            "UPSWELL_KAFKA_CLIENT_SECRET", SECRET,
            "UPSWELL_KAFKA_PROXY", "http://me:" + SECRET + "@proxy",
            "UPSWELL_KAFKA_CLIENT_ID", "fanout");
    assertThat(options.get(Fixture.REDIS)).isEqualTo(URI.create("redis://me:hunter2@cache:6379"));
    assertThat(options.passedThrough("kafka.")).containsEntry("ssl.key.password", SECRET);
    for (String listing : new String[] {options.toString(), options.describe()}) {
      assertThat(listing)
          .doesNotContain(SECRET)
          .containsPattern("redis.password +\\*\\*\\* +UPSWELL_REDIS_PASSWORD\n")
          .contains("redis://me:***@cache:6379")
          .contains("http://me:***@proxy")
          .containsPattern("kafka.ssl.key.password +\\*\\*\\* ")
          .containsPattern("kafka.client.id +fanout ");
    }
  }

  @Test
  void errorsMaskPasswordsInUris() {
    for (String uri :
        new String[] {
          "redis://me:hunter2@a b",
          "//me:hunter2@cache",
          "me:hunter2@cache",
          "redis://me:hun@ter2@a b",
          "redis://me:hun/ter2@a b",
          "redis://:hunter2@a b"
        }) {
      assertThatThrownBy(() -> environment("UPSWELL_REDIS_URI", uri))
          .isInstanceOf(OptionException.class)
          .message()
          .doesNotContain("hunter2")
          .doesNotContain("ter2");
    }
  }
}
