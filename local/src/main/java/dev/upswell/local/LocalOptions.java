package dev.upswell.local;

import dev.upswell.local.stack.Job;
import dev.upswell.local.stack.StackSettings;
import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.processes.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Options of {@code ./run}.
 *
 * @param stack settings of the system
 * @param traffic settings of generated traffic
 * @param replay recording to replay instead
 * @param viralAbove views in the last hour above which a video is viral
 * @param check whether results are compared with models
 * @param duration time after which the run ends; empty for no limit
 */
record LocalOptions(
    StackSettings stack,
    Traffic traffic,
    Optional<Replay> replay,
    int viralAbove,
    boolean check,
    Optional<Duration> duration) {
  private static final String HIGGS = "higgs=";
  private static final int ANY_PORT = 0;

  /** Followers above which creators are pulled, and followees above which viewers are. */
  private static final int REPLAYED_CREATORS = 1_000;

  private static final int GENERATED_CREATORS = 200;
  private static final int SMALL_VIEWERS = 40;

  /** Views in the last hour above which a video is viral. */
  private static final int REPLAYED_VIRAL = 500;

  private static final int GENERATED_VIRAL = 800;
  private static final int CHECKED_VIRAL = 300;

  private static final Option<Path> DIR =
      Option.path("dir", Path.of(".upswell"), "Folder of all files; relative to the repository");
  private static final Option<Boolean> KEEP =
      Option.flag("keep", "Continue from the last checkpoint in the folder");
  private static final Option<Integer> RATE =
      Option.integer("rate", 500, 1, 1_000_000, "Events a second, as the mean over a day");
  private static final Option<Integer> USERS =
      Option.integer("users", 10_000, 1, 5_000_000, "Users of the app");
  private static final Option<Integer> CREATORS =
      Option.integer("creators", 500, 1, 1_000_000, "How many of the users publish");
  private static final Option<Integer> READS =
      Option.integer("reads", 50, 0, 100_000, "Feeds that users open each second");
  private static final Option<Integer> SEED =
      Option.integer("seed", 1, 0, Integer.MAX_VALUE, "The same seed makes the same traffic");
  private static final Option<Duration> DAY =
      Option.duration(
          "day-length",
          Duration.ofMinutes(24),
          Duration.ofSeconds(24),
          Duration.ofHours(24),
          "How long a day of the traffic takes; it begins at eleven");
  private static final Option<Optional<String>> REPLAY =
      Option.text("replay", "A recording to play instead of traffic, as higgs=DIR").optional();
  private static final Option<Integer> SPEED =
      Option.integer("speed", 600, 1, 100_000, "Seconds of the recording a second");
  private static final Option<Boolean> CHECK =
      Option.flag(
          "check", "Compare what comes out with a model, with a failure in between, then end");
  private static final Option<Optional<Duration>> DURATION =
      Option.duration(
              "duration", Duration.ofSeconds(1), Duration.ofDays(365), "End after this time")
          .optional();
  private static final Option<Optional<Integer>> PULL_CREATORS_ABOVE =
      Option.integer(
              "pull.creators-above", 0, 1_000_000_000, "The fan-out job's option of this name")
          .optional();
  private static final Option<Optional<Integer>> PULL_VIEWERS_ABOVE =
      Option.integer("pull.viewers-above", 0, 1_000_000, "The fan-out job's option of this name")
          .optional();
  private static final Option<Optional<Integer>> VIRAL_ABOVE =
      Option.integer(
              "tiers.viral-above", 0, 1_000_000_000, "The viral detector's option of this name")
          .optional();
  private static final Option<Integer> API_PORT = port("api.port", "Port of the API");
  private static final Option<Integer> FLINK_PORT = port("flink.port", "Port of the dashboard");
  private static final Option<Integer> KAFKA_PORT = port("kafka.port", "Port of Kafka");
  private static final Option<Integer> REDIS_PORT = port("redis.port", "Port of Redis");

  /**
   * Generated traffic.
   *
   * @param rate events per second, the mean over a day
   * @param reads feeds read per second
   * @param dayLength duration of a day
   */
  record Traffic(int rate, int users, int creators, int reads, int seed, Duration dayLength) {
    Traffic {
      if (creators > users) {
        throw new IllegalArgumentException(
            "--creators: " + creators + " (expected: 1.." + users + ", the number of users)");
      }
    }
  }

  /**
   * Replay of a recording.
   *
   * @param directory folder of its files
   * @param speed seconds of the recording per second
   */
  record Replay(Path directory, int speed) {}

  /** Checks the combination of values. */
  LocalOptions {
    if (check && stack.keep()) {
      throw new IllegalArgumentException(
          "--check: true (expected: not with --keep, because the models lack its earlier events)");
    }
  }

  /** Returns the options of {@code ./run}. */
  static OptionSet options() {
    return OptionSet.of(
        "run",
        "the whole system on this machine, with traffic; Ctrl-C stops all of it",
        DIR,
        KEEP,
        RATE,
        USERS,
        CREATORS,
        READS,
        SEED,
        DAY,
        REPLAY,
        SPEED,
        CHECK,
        DURATION,
        PULL_CREATORS_ABOVE,
        PULL_VIEWERS_ABOVE,
        VIRAL_ABOVE,
        API_PORT,
        FLINK_PORT,
        KAFKA_PORT,
        REDIS_PORT);
  }

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException if values contradict each other
   */
  static LocalOptions from(Options given) {
    StackSettings.Ports ports =
        new StackSettings.Ports(
            port(given, KAFKA_PORT),
            port(given, REDIS_PORT),
            port(given, FLINK_PORT),
            port(given, API_PORT));
    int viralAbove = given.get(VIRAL_ABOVE).orElse(viralAbove(given));
    return new LocalOptions(
        new StackSettings(
            Home.directory().resolve(given.get(DIR)),
            given.get(KEEP),
            ports,
            Map.of(
                Job.FANOUT,
                pulling(given),
                Job.VIRAL_DETECTOR,
                promoting(given, viralAbove),
                Job.TRENDING,
                waiting(given))),
        new Traffic(
            given.get(RATE),
            given.get(USERS),
            given.get(CREATORS),
            given.get(READS),
            given.get(SEED),
            given.get(DAY)),
        given.get(REPLAY).map(recording -> replay(recording, given.get(SPEED))),
        viralAbove,
        given.get(CHECK),
        given.get(DURATION));
  }

  /** No video has a hundred thousand views an hour here, and yet some are to be viral. */
  private static int viralAbove(Options given) {
    if (given.get(REPLAY).isPresent()) {
      return REPLAYED_VIRAL;
    }
    return given.get(CHECK) ? CHECKED_VIRAL : GENERATED_VIRAL;
  }

  /**
   * In a checked run, hours of the past take seconds, while videos have the current time. So
   * records that a slow machine reads half a minute later must not be late, and the watermark must
   * not follow videos alone when no views arrive.
   */
  private static List<String> waiting(Options given) {
    return given.get(CHECK) ? List.of("--watermark.idle-after=1h") : List.of();
  }

  private static List<String> promoting(Options given, int viralAbove) {
    List<String> options = new ArrayList<>(waiting(given));
    options.add("--tiers.viral-above=" + viralAbove);
    return options;
  }

  /** Lower than in production, because no generated creator has a million followers. */
  private static List<String> pulling(Options given) {
    int creatorsAbove = given.get(REPLAY).isPresent() ? REPLAYED_CREATORS : GENERATED_CREATORS;
    return List.of(
        "--pull.creators-above=" + given.get(PULL_CREATORS_ABOVE).orElse(creatorsAbove),
        "--pull.viewers-above=" + given.get(PULL_VIEWERS_ABOVE).orElse(SMALL_VIEWERS));
  }

  private static Replay replay(String recording, int speed) {
    if (!recording.startsWith(HIGGS)) {
      throw new IllegalArgumentException("--replay: " + recording + " (expected: higgs=DIR)");
    }
    return new Replay(Path.of(recording.substring(HIGGS.length())), speed);
  }

  private static OptionalInt port(Options given, Option<Integer> option) {
    int port = given.get(option);
    return port == ANY_PORT ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static Option<Integer> port(String name, String description) {
    return Option.integer(name, ANY_PORT, 0, 65_535, description + "; 0 takes a free one");
  }
}
