package dev.upswell.options;

import static dev.upswell.options.Fixture.arguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionTest {
  @Test
  void missingOptionsHaveTheirDefault() {
    Options options = arguments();
    assertThat(options.get(Fixture.MAX_ENTRIES)).isEqualTo(500);
    assertThat(options.get(Fixture.SHARE)).isEqualTo(0.5);
    assertThat(options.get(Fixture.WINDOW)).isEqualTo(Duration.ofHours(1));
    assertThat(options.get(Fixture.PREFIX)).isEqualTo("upswell.");
    assertThat(options.get(Fixture.REDIS)).isEqualTo(URI.create("redis://localhost:6379"));
    assertThat(options.get(Fixture.DATA)).isEqualTo(Path.of("here"));
    assertThat(options.get(Fixture.CA)).isEmpty();
    assertThat(options.get(Fixture.WHEN)).isEqualTo(Fixture.When.NOW);
    assertThat(options.get(Fixture.DRY_RUN)).isFalse();
    assertThat(options.get(Fixture.PASSWORD)).isEmpty();
  }

  @Test
  void everyTypeIsParsed() {
    Options options =
        arguments(
            "--feed.max-entries=10000",
            "--cache.share=.25",
            "--window=30 min",
            "--topic.prefix=",
            "--redis.uri=rediss://cache:6380/1",
            "--data=/var/lib",
            "--tls.ca-file=/etc/ca.pem",
            "--when=much-later",
            "--dry-run=true");
    assertThat(options.get(Fixture.MAX_ENTRIES)).isEqualTo(10_000);
    assertThat(options.get(Fixture.SHARE)).isEqualTo(0.25);
    assertThat(options.get(Fixture.WINDOW)).isEqualTo(Duration.ofMinutes(30));
    assertThat(options.get(Fixture.PREFIX)).isEmpty();
    assertThat(options.get(Fixture.REDIS)).isEqualTo(URI.create("rediss://cache:6380/1"));
    assertThat(options.get(Fixture.DATA)).isEqualTo(Path.of("/var/lib"));
    assertThat(options.get(Fixture.CA)).contains(Path.of("/etc/ca.pem"));
    assertThat(options.get(Fixture.WHEN)).isEqualTo(Fixture.When.MUCH_LATER);
    assertThat(options.get(Fixture.DRY_RUN)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--feed.max-entries=0|--feed.max-entries: 0 (expected: 1..10000)",
        "--feed.max-entries=10001|--feed.max-entries: 10001 (expected: 1..10000)",
        "--feed.max-entries=many|--feed.max-entries: many (expected: 1..10000)",
        "--feed.max-entries=|--feed.max-entries: \"\" (expected: 1..10000)",
        "--feed.max-entries=99999999999|--feed.max-entries: 99999999999 (expected: 1..10000)",
        "--cache.share=1.01|--cache.share: 1.01 (expected: 0.0..1.0)",
        "--cache.share=NaN|--cache.share: NaN (expected: 0.0..1.0)",
        "--window=2d|--window: 2d (expected: 1s..1d)",
        "--window=999ms|--window: 999ms (expected: 1s..1d)",
        "--window=30|--window: 30 (expected: 1s..1d)",
        "--redis.uri=cache|--redis.uri: cache (expected: a URI such as scheme://host)",
        "--redis.uri=redis://a b|--redis.uri: redis://a b (expected: a URI such as scheme://host)",
        "--redis.uri=localhost:6379|--redis.uri: localhost:6379 (expected: a URI such as scheme://host)",
        "--data=|--data: \"\" (expected: a path)",
        "--when=soon|--when: soon (expected: now, much-later)",
        "--dry-run=yes|--dry-run: yes (expected: true, false)",
      })
  void invalidValuesAreReportedWithAllowedOnes(String argument, String message) {
    assertThatThrownBy(() -> arguments(argument))
        .isInstanceOf(OptionException.class)
        .hasMessage(message);
  }

  @Test
  void messagesAreOneLine() {
    assertThatThrownBy(() -> arguments("--when=a\nb" + "c".repeat(1_000)))
        .message()
        .hasLineCount(1)
        .hasSizeLessThan(200)
        .startsWith("--when: a bccc");
  }

  @Test
  void whitespaceAroundValuesIsIgnored() {
    assertThat(arguments("--feed.max-entries= 7 ").get(Fixture.MAX_ENTRIES)).isEqualTo(7);
    assertThat(arguments("--topic.prefix", " x. ").get(Fixture.PREFIX)).isEqualTo("x.");
  }

  @Test
  void choicesIgnoreCaseAndSeparators() {
    for (String spelled : new String[] {"much-later", "MUCH_LATER", "Much-Later"}) {
      assertThat(arguments("--when", spelled).get(Fixture.WHEN)).isEqualTo(Fixture.When.MUCH_LATER);
    }
  }

  @Test
  void missingRequiredOptionsAreReported() {
    Option<?>[] required = {
      Option.integer("a.number", 1, 9, ""),
      Option.decimal("a.number", 1, 9, ""),
      Option.duration("a.number", Duration.ZERO, Duration.ofSeconds(9), ""),
      Option.text("a.number", ""),
      Option.uri("a.number", ""),
      Option.path("a.number", ""),
      Option.choice("a.number", Fixture.When.class, "")
    };
    for (Option<?> option : required) {
      OptionSet set = OptionSet.of("x", "y", option);
      assertThat(option.defaultText()).isEqualTo("required");
      assertThatThrownBy(() -> set.read(new String[0], Map.of()))
          .isInstanceOf(OptionException.class)
          .hasMessage(
              "--a.number: missing (expected: "
                  + option.allowed()
                  + ", here or in UPSWELL_A_NUMBER)");
    }
    OptionSet text = OptionSet.of("x", "y", Option.text("a.text", ""));
    assertThatThrownBy(() -> text.read(new String[] {"--a.text="}, Map.of()))
        .hasMessage("--a.text: \"\" (expected: a text)");
  }

  @Test
  void malformedOptionsAreRejectedAtCreation() {
    assertThatThrownBy(() -> Option.flag("Feed", "")).hasMessageStartingWith("option name: Feed");
    assertThatThrownBy(() -> Option.flag("feed..x", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Option.flag("feed_x", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Option.integer("a", 0, 1, 9, ""))
        .hasMessage("default of a: 0 (expected: 1..9)");
    assertThatThrownBy(() -> Fixture.MAX_ENTRIES.optional())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> OptionSet.of("x", "y", Option.flag("a.b", ""), Option.flag("a-b", "")))
        .hasMessage("a-b and a.b have one name in the environment");
    assertThatThrownBy(() -> OptionSet.of("x", "y", Option.flag("help", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fixture.SET.passing("kafka"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void optionsOfOtherProgramsHaveNoValue() {
    Option<Boolean> other = Option.flag("other", "");
    assertThatThrownBy(() -> arguments().get(other))
        .hasMessage("other: not an option of this program");
  }
}
