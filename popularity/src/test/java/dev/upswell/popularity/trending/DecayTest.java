package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DecayTest {
  @Test
  void halfRemainsAfterTheHalfLifeAndAQuarterAfterTwo() {
    Decay decay = new Decay(30);
    assertThat(decay.factor(0)).isEqualTo(1);
    assertThat(decay.factor(30)).isCloseTo(0.5, within(1e-12));
    assertThat(decay.left(Decay.ONE * 1_000, 60)).isEqualTo(Decay.ONE * 250);
    assertThat(new Decay(8_640).factor(86_400)).isCloseTo(1.0 / 1_024, within(1e-9));
  }

  @Test
  void amountsDecayToZeroAfterMonths() {
    assertThat(new Decay(1_000_000).left(Long.MAX_VALUE / 2, Integer.MAX_VALUE)).isZero();
  }

  @Test
  void spanIsTheSumOfOnePerSlot() {
    Decay decay = new Decay(12.5);
    double sum = 0;
    for (int age = 0; age < 3_000; age++) {
      sum += decay.factor(age);
      assertThat(decay.span(age)).isCloseTo(sum, within(1e-9));
    }
  }

  @Test
  void nonPositiveHalfLivesAreRejected() {
    assertThatThrownBy(() -> new Decay(0)).hasMessage("halfLife: 0.0 (expected: more than 0)");
  }
}
