package dev.upswell.popularity.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RegressionStatsPropertyTest {
  @Property(tries = 100)
  void mergingEqualsAddingInSequence(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int number,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll @DoubleRange(min = 0, max = 1) double kept) {
    List<int[]> videos = Videos.random(seed, number);
    int first = (int) (part * number);
    RegressionStats merged = Videos.lessons(videos.subList(0, first), 10);
    RegressionStats others = Videos.lessons(videos.subList(first, number), 10);
    merged.decay(kept);
    others.decay(kept);
    merged.merge(others);

    RegressionStats added = Videos.lessons(videos, 10);
    added.decay(kept);
    same(merged.toArray(), added.toArray());
  }

  @Property(tries = 50)
  void sameExamplesInTheSameOrderGiveTheSameSums(@ForAll long seed) {
    double[] once = Videos.lessons(Videos.random(seed, 20), 10).toArray();
    RegressionStats again = Videos.lessons(Videos.random(seed, 10), 10);
    RegressionStats kept = RegressionStats.of(again.toArray());
    Videos.random(seed, 20).subList(10, 20).forEach(video -> kept.add(video, 10));
    assertThat(kept.toArray()).isEqualTo(once);
  }

  private static void same(double[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
    }
  }
}
