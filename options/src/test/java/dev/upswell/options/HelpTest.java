package dev.upswell.options;

import static dev.upswell.options.Fixture.arguments;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HelpTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Stands for the end of the process. */
  private static final class Exited extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    private Exited(int status) {
      this.status = status;
    }
  }

  private Options start(String... args) {
    return Fixture.SET.readOrExit(
        args,
        Map.of(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        status -> {
          throw new Exited(status);
        });
  }

  private int exitStatus(String... args) {
    try {
      start(args);
      throw new AssertionError("did not end");
    } catch (Exited e) {
      return e.status;
    }
  }

  @Test
  void helpTableListsEveryOption() {
    assertThat(Fixture.SET.helpTable())
        .isEqualTo(
            """
            OPTION              DEFAULT                 ALLOWED                      ENVIRONMENT                    DESCRIPTION
            --feed.max-entries  500                     1..10000                     UPSWELL_FEED_MAX_ENTRIES       How many videos a feed holds.
            --cache.share       0.5                     0.0..1.0                     UPSWELL_CACHE_SHARE            Share of the memory.
            --window            1h                      1s..1d                       UPSWELL_WINDOW                 How long.
            --topic.prefix      upswell.                a text                       UPSWELL_TOPIC_PREFIX           Begins names.
            --redis.uri         redis://localhost:6379  a URI such as scheme://host  UPSWELL_REDIS_URI              Where.
            --data              here                    a path                       UPSWELL_DATA                   Where files go.
            --tls.ca-file       none                    a path                       UPSWELL_TLS_CA_FILE            Certificates to trust.
            --when              now                     now, much-later              UPSWELL_WHEN                   The time | of it.
            --dry-run           false                   true, false                  UPSWELL_DRY_RUN                Only says what it would do.
            redis.password      none                    a secret                     UPSWELL_REDIS_PASSWORD[_FILE]  Of Redis.
            --options-file      none                    a path                       UPSWELL_OPTIONS_FILE           A .properties file in UTF-8 with more of these options.
            """);
  }

  @Test
  void markdownTableListsEveryOption() {
    assertThat(Fixture.SET.markdownTable())
        .startsWith(
            """
            | option | default | allowed | environment | what it does |
            |---|---|---|---|---|
            | `feed.max-entries` | 500 | 1..10000 | `UPSWELL_FEED_MAX_ENTRIES` | How many videos a feed holds. |
            """)
        .contains("| `when` | now | now, much-later | `UPSWELL_WHEN` | The time \\| of it. |\n")
        .hasLineCount(2 + Fixture.SET.options().size());
  }

  @Test
  void helpIgnoresOtherArguments() {
    assertThat(arguments("--help").helpWanted()).isTrue();
    assertThat(arguments("--nonsense", "-h").helpWanted()).isTrue();
    assertThat(arguments().helpWanted()).isFalse();
    assertThatThrownBy(() -> arguments("--help").get(Fixture.WHEN))
        .isInstanceOf(IllegalStateException.class);
    assertThat(arguments("--help").describe()).isEqualTo("help wanted\n");
  }

  @Test
  void helpIsPrintedWithExitStatusZero() {
    assertThat(exitStatus("--help")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("fanout: puts new videos into feeds\n")
        .contains(Fixture.SET.helpTable())
        .contains("--kafka.* option (UPSWELL_KAFKA_*)");
    assertThat(err.size()).isZero();
  }

  @Test
  void invalidOptionsExitWithStatusTwo() {
    assertThat(exitStatus("--feed.max-entries=0")).isEqualTo(2);
    assertThat(err.toString(UTF_8).strip()).isEqualTo("--feed.max-entries: 0 (expected: 1..10000)");
    assertThat(out.size()).isZero();
  }

  @Test
  void validOptionsAreReturned() {
    assertThat(start("--feed.max-entries=7").get(Fixture.MAX_ENTRIES)).isEqualTo(7);
    assertThat(out.size() + err.size()).isZero();
  }

  @Test
  void listingHasEveryValueAndItsSource() {
    Options options =
        Fixture.SET.read(
            new String[] {"--feed.max-entries=7", "--kafka.acks=all", "--topic.prefix="},
            Map.of("UPSWELL_WHEN", "much-later"));
    assertThat(options.describe())
        .isEqualTo(
            """
            feed.max-entries  7                       argument
            cache.share       0.5                     default
            window            1h                      default
            topic.prefix      ""                      argument
            redis.uri         redis://localhost:6379  default
            data              here                    default
            tls.ca-file       none                    default
            when              much-later              UPSWELL_WHEN
            dry-run           false                   default
            redis.password    none                    default
            options-file      none                    default
            kafka.acks        all                     argument
            """);
    assertThat(options).hasToString(options.describe());
  }

  @Test
  void optionSetReturnsItsParts() {
    assertThat(Fixture.SET.program()).isEqualTo("fanout");
    assertThat(Fixture.SET.options()).hasSize(11).startsWith(Fixture.MAX_ENTRIES);
    assertThat(Fixture.WINDOW)
        .returns("window", Option::name)
        .returns("UPSWELL_WINDOW", Option::environmentName)
        .returns("1s..1d", Option::allowed)
        .returns("1h", Option::defaultText)
        .returns("How long.", Option::description)
        .hasToString("window");
  }
}
