package dev.upswell.options;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A program with an option of every type. */
final class Fixture {
  /** When something happens. */
  enum When {
    NOW,
    MUCH_LATER
  }

  static final Option<Integer> MAX_ENTRIES =
      Option.integer("feed.max-entries", 500, 1, 10_000, "How many videos a feed holds.");
  static final Option<Double> SHARE =
      Option.decimal("cache.share", 0.5, 0, 1, "Share of the memory.");
  static final Option<Duration> WINDOW =
      Option.duration(
          "window", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(1), "How long.");
  static final Option<String> PREFIX = Option.text("topic.prefix", "upswell.", "Begins names.");
  static final Option<URI> REDIS = Option.uri("redis.uri", "redis://localhost:6379", "Where.");
  static final Option<Path> DATA = Option.path("data", Path.of("here"), "Where files go.");
  static final Option<Optional<Path>> CA =
      Option.path("tls.ca-file", "Certificates to trust.").optional();
  static final Option<When> WHEN = Option.choice("when", When.NOW, "The time | of it.");
  static final Option<Boolean> DRY_RUN = Option.flag("dry-run", "Only says what it would do.");
  static final Option<Optional<String>> PASSWORD = Option.secret("redis.password", "Of Redis.");

  static final OptionSet SET =
      OptionSet.of(
              "fanout",
              "puts new videos into feeds",
              MAX_ENTRIES,
              SHARE,
              WINDOW,
              PREFIX,
              REDIS,
              DATA,
              CA,
              WHEN,
              DRY_RUN,
              PASSWORD)
          .passing("kafka.");

  private Fixture() {}

  static Options arguments(String... args) {
    return SET.read(args, Map.of());
  }

  static Options environment(String... namesAndValues) {
    return SET.read(new String[0], map(namesAndValues));
  }

  static Map<String, String> map(String... namesAndValues) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
