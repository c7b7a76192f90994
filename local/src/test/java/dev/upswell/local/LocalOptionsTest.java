package dev.upswell.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.local.stack.Job;
import dev.upswell.local.stack.StackSettings;
import dev.upswell.processes.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LocalOptionsTest {
  @Test
  void defaultsAreAsDocumented() {
    OptionalInt any = OptionalInt.empty();
    assertThat(read())
        .isEqualTo(
            new LocalOptions(
                new StackSettings(
                    Home.directory().resolve(".upswell"),
                    false,
                    new StackSettings.Ports(any, any, any, any),
                    Map.of(
                        Job.FANOUT,
                        List.of("--pull.creators-above=200", "--pull.viewers-above=40"),
                        Job.VIRAL_DETECTOR,
                        List.of("--tiers.viral-above=800"),
                        Job.TRENDING,
                        List.of())),
                new LocalOptions.Traffic(500, 10_000, 500, 50, 1, Duration.ofMinutes(24)),
                Optional.empty(),
                800,
                false,
                Optional.empty()));
  }

  @Test
  void recordingHasAKindAndAFolder() {
    assertThat(read("--replay", "higgs=/data/higgs", "--speed=3600").replay())
        .contains(new LocalOptions.Replay(Path.of("/data/higgs"), 3_600));
    refused("--replay: mars=/data (expected: higgs=DIR)", "--replay", "mars=/data");
    assertThat(read("--replay", "higgs=/data/higgs").stack().optionsOf(Job.FANOUT))
        .containsExactly("--pull.creators-above=1000", "--pull.viewers-above=40");
  }

  @Test
  void viralDetectorAndModelHaveTheSameThreshold() {
    assertThat(viralAbove("--check")).isEqualTo(300);
    assertThat(viralAbove("--replay", "higgs=/data/higgs", "--check")).isEqualTo(500);
    assertThat(viralAbove("--tiers.viral-above", "7")).isEqualTo(7);
  }

  @Test
  void inACheckedRunTimeLeavesNobodyBehind() {
    for (Job job : List.of(Job.VIRAL_DETECTOR, Job.TRENDING)) {
      assertThat(read("--check").stack().optionsOf(job)).contains("--watermark.idle-after=1h");
    }
  }

  private static int viralAbove(String... args) {
    LocalOptions options = read(args);
    assertThat(options.stack().optionsOf(Job.VIRAL_DETECTOR))
        .contains("--tiers.viral-above=" + options.viralAbove());
    return options.viralAbove();
  }

  @Test
  void portsAreFreeOnesUnlessGiven() {
    assertThat(read("--api.port", "8080", "--kafka.port", "0").stack().ports())
        .isEqualTo(
            new StackSettings.Ports(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(8080)));
  }

  @Test
  void contradictingOptionsAreRejected() {
    refused(
        "--creators: 30 (expected: 1..20, the number of users)",
        "--users",
        "20",
        "--creators",
        "30");
    refused(
        "--check: true (expected: not with --keep, because the models lack its earlier events)",
        "--check",
        "--keep");
  }

  private static LocalOptions read(String... args) {
    return LocalOptions.from(LocalOptions.options().read(args, Map.of()));
  }

  private static void refused(String message, String... args) {
    assertThatThrownBy(() -> read(args))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
