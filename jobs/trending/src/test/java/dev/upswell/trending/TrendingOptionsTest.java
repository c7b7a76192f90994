package dev.upswell.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.options.OptionException;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.SpamRules;
import dev.upswell.popularity.trending.TrendScore;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendingOptionsTest {
  private static TrendingOptions read(String... more) {
    List<String> args =
        new ArrayList<>(List.of("--kafka.bootstrap-servers=kafka:9092", "--redis.uri=redis://r:1"));
    args.addAll(List.of(more));
    return TrendingOptions.from(
        TrendingOptions.options().read(args.toArray(String[]::new), Map.of()));
  }

  @Test
  void defaultsApplyWithoutArguments() {
    TrendingOptions options = read();

    assertThat(options.trending())
        .isEqualTo(
            new TrendingSettings(
                Duration.ofMinutes(15),
                Duration.ofHours(24),
                Duration.ofMinutes(30),
                10,
                3,
                TrendScore.DEVIATIONS,
                new SpamRules(15, 0.3, 13),
                new TrendWeights(1, 2, 3, 4, 6, 2, 20),
                new DiversityRules(100, 5, 40)));
    assertThat(options.caps()).isEqualTo(new TrendingOptions.Caps(3, 1_000_000));
    assertThat(options.devices()).containsExactly("android", "ios", "web", "tv");
    assertThat(options.metadataTtl()).isEqualTo(Duration.ofDays(90));
    assertThat(options.ttl()).isEqualTo(Duration.ofDays(2));
    assertThat(options.job().dryRun()).isFalse();
  }

  @Test
  void argumentsOverrideDefaults() {
    TrendingOptions options =
        read(
            "--trending.half-life=5min",
            "--trending.min-score=4.5",
            "--spam.min-distinct-percent=50",
            "--spam.max-plays=1",
            "--weights.share=9",
            "--lists.per-creator=2",
            "--scopes.devices=phone, ,fridge");

    assertThat(options.trending().halfLife()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.trending().minScore()).isEqualTo(4.5);
    assertThat(options.trending().spam().distinctShare()).isEqualTo(0.5);
    assertThat(options.trending().weights().share()).isEqualTo(9);
    assertThat(options.trending().lists()).isEqualTo(new DiversityRules(100, 2, 40));
    assertThat(options.caps().maxPlays()).isEqualTo(1);
    assertThat(options.devices()).containsExactly("phone", "fridge");
  }

  @Test
  void invalidValuesAreRejectedByName() {
    assertThatThrownBy(() -> read("--lists.size=101"))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining("--lists.size: 101 (expected: 1..100)");
    assertThatThrownBy(() -> read("--spam.max-plays=0"))
        .hasMessageContaining("--spam.max-plays: 0 (expected: 1..255)");
    assertThatThrownBy(() -> read("--trending.half-life=1h", "--trending.baseline-half-life=1h"))
        .hasMessageContaining("baselineHalfLife: PT1H (expected: more than PT1H)");
  }
}
