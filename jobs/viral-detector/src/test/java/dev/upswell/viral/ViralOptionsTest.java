package dev.upswell.viral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.options.OptionException;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.popularity.tiers.TierSettings;
import dev.upswell.runtime.JobOptions.StartFrom;
import dev.upswell.views.source.ViewOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViralOptionsTest {
  private static ViralOptions read(String... more) {
    List<String> args =
        new ArrayList<>(List.of("--kafka.bootstrap-servers=kafka:9092", "--redis.uri=redis://r:1"));
    args.addAll(List.of(more));
    return ViralOptions.from(ViralOptions.options().read(args.toArray(String[]::new), Map.of()));
  }

  @Test
  void defaultsApplyWithoutArguments() {
    ViralOptions options = read();

    assertThat(options.views())
        .isEqualTo(
            new ViewOptions(Duration.ofMinutes(10), Duration.ofMinutes(2), 1_000_000, 131_072));
    assertThat(options.tiers()).isEqualTo(new TierSettings(100_000, 0.01, 0.1, 0.7, 10, 0.2));
    assertThat(options.forecasts()).isEqualTo(new ForecastSettings(10, 0.8, Duration.ofDays(7)));
    assertThat(options.ttl()).isEqualTo(Duration.ofHours(2));
    assertThat(options.job().dryRun()).isFalse();
    assertThat(options.job().topics().views()).isEqualTo("upswell.views");
    assertThat(options.job().startFrom()).isEqualTo(StartFrom.EARLIEST);
    assertThat(options.job().maxOutOfOrder()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.job().idleAfter()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void argumentsOverrideDefaults() {
    ViralOptions options =
        read(
            "--views.allowed-lateness=90s",
            "--tiers.edge-percent=3",
            "--tiers.keep-percent=50",
            "--tiers.dwell=150s",
            "--forecast.confidence-percent=95",
            "--dry-run");

    assertThat(options.views().allowedLateness())
        .as("whole minutes")
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(options.tiers()).isEqualTo(new TierSettings(100_000, 0.03, 0.1, 0.5, 2, 0.2));
    assertThat(options.forecasts().confidence()).isEqualTo(0.95);
    assertThat(options.job().dryRun()).isTrue();
  }

  @Test
  void invalidValuesAreRejectedByName() {
    assertThatThrownBy(() -> read("--tiers.viral-over=5"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("--tiers.viral-over");
    assertThatThrownBy(() -> read("--tiers.edge-percent=101"))
        .hasMessageContaining("--tiers.edge-percent: 101 (expected: 0..100)");
    assertThatThrownBy(() -> read("--views.allowed-lateness=61m"))
        .hasMessageContaining("--views.allowed-lateness: 61m (expected: ");
    assertThatThrownBy(() -> read("--tiers.ttl=60m"))
        .as("a tier is emitted again each hour, and must not expire before")
        .hasMessageContaining("--tiers.ttl: 60m (expected: ");
    assertThatThrownBy(() -> read("--forecast.confidence-percent=100"))
        .hasMessageContaining("--forecast.confidence-percent: 100 (expected: 50..99)");
    assertThatThrownBy(() -> read("--views.combiner-max-entries=0"))
        .hasMessageContaining("--views.combiner-max-entries: 0 (expected: 1..10000000)");
  }
}
