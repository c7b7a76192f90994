package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedChoiceTest {
  private static final int DRAWS = 100_000;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void indexesAreDrawnInProportionToTheirWeights() {
    WeightedChoice choice = new WeightedChoice(new double[] {1, 0, 6, 3});
    int[] counts = new int[4];
    for (int i = 0; i < DRAWS; i++) {
      counts[choice.draw(random)]++;
    }
    assertThat(counts[0] / (double) DRAWS).isCloseTo(0.1, within(0.01));
    assertThat(counts[1]).isZero();
    assertThat(counts[2] / (double) DRAWS).isCloseTo(0.6, within(0.01));
    assertThat(counts[3] / (double) DRAWS).isCloseTo(0.3, within(0.01));
  }

  @Test
  void amongTheFirstOnlyThoseAreDrawn() {
    WeightedChoice choice = new WeightedChoice(new double[] {1, 1, 1_000});
    for (int i = 0; i < DRAWS; i++) {
      assertThat(choice.draw(random, 2)).isLessThan(2);
    }
  }
}
