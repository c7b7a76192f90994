package dev.upswell.options;

import static dev.upswell.options.Fixture.arguments;
import static dev.upswell.options.Fixture.environment;
import static dev.upswell.options.Fixture.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionSourcesTest {
  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    Path file = folder.resolve("fanout.properties");
    Files.writeString(file, String.join("\n", lines));
    return file;
  }

  @Test
  void argumentsPrecedeEnvironmentFileAndDefault() throws IOException {
    Path file = file("feed.max-entries=3", "cache.share=0.3", "topic.prefix=file.");
    Map<String, String> environment =
        map("UPSWELL_FEED_MAX_ENTRIES", "2", "UPSWELL_CACHE_SHARE", "0.2");
    Options options =
        Fixture.SET.read(
            new String[] {"--options-file", file.toString(), "--feed.max-entries", "1"},
            environment);
    assertThat(options.get(Fixture.MAX_ENTRIES)).isEqualTo(1);
    assertThat(options.get(Fixture.SHARE)).isEqualTo(0.2);
    assertThat(options.get(Fixture.PREFIX)).isEqualTo("file.");
    assertThat(options.get(Fixture.WHEN)).isEqualTo(Fixture.When.NOW);
  }

  @Test
  void argumentsAcceptBothValueForms() {
    assertThat(arguments("--feed.max-entries", "7").get(Fixture.MAX_ENTRIES)).isEqualTo(7);
    assertThat(arguments("--feed.max-entries=7").get(Fixture.MAX_ENTRIES)).isEqualTo(7);
    assertThat(arguments("--topic.prefix=a=b").get(Fixture.PREFIX)).isEqualTo("a=b");
    assertThat(arguments("--topic.prefix=--").get(Fixture.PREFIX)).isEqualTo("--");
  }

  @Test
  void lastDuplicateArgumentIsUsed() {
    assertThat(arguments("--feed.max-entries=7", "--feed.max-entries=8").get(Fixture.MAX_ENTRIES))
        .isEqualTo(8);
  }

  @Test
  void flagsNeedNoValue() {
    assertThat(arguments("--dry-run").get(Fixture.DRY_RUN)).isTrue();
    assertThat(arguments("--dry-run", "--feed.max-entries=7").get(Fixture.DRY_RUN)).isTrue();
    assertThat(arguments("--dry-run", "false").get(Fixture.DRY_RUN)).isFalse();
    assertThat(environment("UPSWELL_DRY_RUN", "TRUE").get(Fixture.DRY_RUN)).isTrue();
  }

  @Test
  void malformedArgumentsAreRejected() {
    assertThatThrownBy(() -> arguments("feed"))
        .hasMessage("argument: feed (expected: --name value or --name=value)");
    assertThatThrownBy(() -> arguments("--")).hasMessageStartingWith("argument: --");
    assertThatThrownBy(() -> arguments("-x")).hasMessageStartingWith("argument: -x");
    assertThatThrownBy(() -> arguments("--feed.max-entries"))
        .hasMessage("--feed.max-entries: no value (expected: 1..10000)");
    assertThatThrownBy(() -> arguments("--feed.max-entries", "--dry-run"))
        .hasMessage("--feed.max-entries: no value (expected: 1..10000)");
  }

  @Test
  void unknownArgumentsAreRejectedWithAHint() {
    assertThatThrownBy(() -> arguments("--feed.max-entires", "9"))
        .isInstanceOf(OptionException.class)
        .hasMessage("--feed.max-entires: unknown option; did you mean --feed.max-entries?");
    assertThatThrownBy(() -> arguments("--colour=red"))
        .hasMessage("--colour: unknown option; --help lists the options");
  }

  @Test
  void unknownFileKeysAreRejectedWithAHint() throws IOException {
    Path file = file("feed.max-entires=9");
    assertThatThrownBy(() -> arguments("--options-file=" + file))
        .hasMessage(file + ": feed.max-entires: unknown option; did you mean feed.max-entries?");
    Path nested = file("options-file=other.properties");
    assertThatThrownBy(() -> arguments("--options-file=" + nested))
        .hasMessageStartingWith(nested + ": options-file: unknown option");
  }

  @Test
  void invalidValuesAreReportedWithTheirSource() throws IOException {
    assertThatThrownBy(() -> environment("UPSWELL_FEED_MAX_ENTRIES", "0"))
        .hasMessage("UPSWELL_FEED_MAX_ENTRIES: 0 (expected: 1..10000)");
    Path file = file("feed.max-entries=0");
    assertThatThrownBy(() -> environment("UPSWELL_OPTIONS_FILE", file.toString()))
        .hasMessage(file + ": feed.max-entries: 0 (expected: 1..10000)");
  }

  @Test
  void unreadableOptionsFilesAreRejected() throws IOException {
    Path missing = folder.resolve("missing.properties");
    assertThatThrownBy(() -> arguments("--options-file", missing.toString()))
        .hasMessage(
            "--options-file: " + missing + " (expected: a readable .properties file in UTF-8)");
    assertThatThrownBy(() -> environment("UPSWELL_OPTIONS_FILE", missing.toString()))
        .hasMessageStartingWith("UPSWELL_OPTIONS_FILE: " + missing);
    Path malformed = file("topic.prefix=\\u12");
    assertThatThrownBy(() -> arguments("--options-file=" + malformed))
        .isInstanceOf(OptionException.class);
    Files.write(malformed, new byte[] {'a', '=', (byte) 0xFF});
    assertThatThrownBy(() -> arguments("--options-file=" + malformed))
        .isInstanceOf(OptionException.class);
  }

  @Test
  void fileIsUtf8() throws IOException {
    Path file = file("# comment", "topic.prefix=vidéos.");
    assertThat(arguments("--options-file=" + file).get(Fixture.PREFIX)).isEqualTo("vidéos.");
  }

  @Test
  void emptyVariablesCountAsNotSet() {
    assertThat(environment("UPSWELL_FEED_MAX_ENTRIES", "").get(Fixture.MAX_ENTRIES)).isEqualTo(500);
  }

  @Test
  void mistypedVariablesAreRejected() {
    assertThatThrownBy(() -> environment("UPSWELL_FEED_MAX_ENTIRES", "9"))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "UPSWELL_FEED_MAX_ENTIRES: unknown option; did you mean UPSWELL_FEED_MAX_ENTRIES?");
    assertThatThrownBy(() -> environment("UPSWELL_REDIS_PASWORD_FILE", "/x"))
        .hasMessageEndingWith("did you mean UPSWELL_REDIS_PASSWORD_FILE?");
  }

  @Test
  void variablesOfOtherProgramsAreIgnored() {
    Options options =
        environment(
            "UPSWELL_API_PORT", "80", "UPSWELL_WHO", "me", "OTHER", "x", "UPSWELL_DATE", "y");
    assertThat(options.describe())
        .contains("not used: UPSWELL_API_PORT, UPSWELL_DATE, UPSWELL_WHO\n");
    assertThat(options.describe()).doesNotContain("OTHER");
  }

  @Test
  void similarVariablesOfSetOptionsAreIgnored() {
    Options options = environment("UPSWELL_FEED_MAX_ENTRIES", "9", "UPSWELL_FEED_MAX_ENTRIE", "8");
    assertThat(options.get(Fixture.MAX_ENTRIES)).isEqualTo(9);
  }
}
