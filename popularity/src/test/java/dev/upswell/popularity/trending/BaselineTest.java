package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final TrendingSettings SETTINGS = TrendingSettings.defaults();

  private final Baseline expectation = new Baseline(SETTINGS);

  @Test
  void decayOverManySlotsEqualsDecaySlotBySlot() {
    Decay fast = expectation.fast();
    Decay slow = expectation.slow();
    double amount = 123.25;
    double stepped = 77;
    for (int slot = 1; slot <= 5_000; slot++) {
      stepped =
          (stepped + amount * fast.factor(slot - 1) * amount * fast.factor(slot - 1))
              * slow.factor(1);
      if (slot % 487 == 0) {
        assertThat(expectation.squares(77, amount, slot))
            .isCloseTo(stepped, Percentage.withPercentage(1e-6));
      }
    }
  }

  @Test
  void varianceIsThatOfTheFastSumOverThePast() {
    Random random = new Random(5);
    Decay fast = expectation.fast();
    Decay slow = expectation.slow();
    double fastSum = 0;
    double slowSum = 0;
    double squares = 0;
    double ofFast = 0;
    double ofSquares = 0;
    double span = 0;
    for (int age = 0; age < 20_000; age++) {
      if (age > 0) {
        squares = expectation.squares(squares, fastSum, 1);
        ofFast = (ofFast + fastSum) * slow.factor(1);
        ofSquares = (ofSquares + fastSum * fastSum) * slow.factor(1);
        span = (span + 1) * slow.factor(1);
      }
      int more = random.nextInt(1 + 20 * (age / 1_000 % 3));
      fastSum = fastSum * fast.factor(1) + more;
      slowSum = slowSum * slow.factor(1) + more;
      if (age > 0 && age % 1_999 == 0) {
        double known = 1 - slow.factor(age);
        double variance = ofSquares / span - ofFast / span * (ofFast / span);
        assertThat(expectation.variance(squares, slowSum, fastSum, age))
            .isCloseTo(variance * known * known, Percentage.withPercentage(1e-3));
      }
    }
  }

  @Test
  void baselineMovesFromTheCreatorToTheVideo() {
    assertThat(expectation.of(0, 5, 0)).isEqualTo(5);
    int week = (int) TrendingSettings.slots(Duration.ofDays(7));
    double past = 2 * expectation.pastSpan(week);
    assertThat(expectation.of(past, 5, week))
        .isCloseTo(2 * expectation.fast().span(week), within(1e-6));
    assertThat(expectation.rate(past, week)).isCloseTo(2, within(1e-9));
  }
}
