package dev.upswell.feeds.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PullHysteresisTest {
  private static final PullHysteresis RULE = new PullHysteresis(100, Duration.ofMillis(50));
  private static final PullState PULLED = new PullState(1_000, 0);

  @Test
  void videosArePulledOnlyAboveTheThreshold() {
    assertThat(RULE.after(PullState.NONE, 100, 1_000)).isEqualTo(PullState.NONE);
    assertThat(RULE.after(PullState.NONE, 101, 1_000)).isEqualTo(PULLED);
    assertThat(RULE.after(PULLED, 500, 2_000)).isEqualTo(PULLED);
  }

  @Test
  void pullingEndsAfterTheCooldownBelowNinetyPercent() {
    assertThat(RULE.after(PULLED, 91, 2_000)).isEqualTo(PULLED);
    assertThat(RULE.endsAt(PULLED)).isEqualTo(Long.MAX_VALUE);
    PullState low = RULE.after(PULLED, 90, 2_000);
    assertThat(low).isEqualTo(new PullState(1_000, 2_000));
    assertThat(low.isOn()).isTrue();
    assertThat(RULE.endsAt(low)).isEqualTo(2_050);
    assertThat(RULE.after(low, 3, 2_040)).as("the while has begun already").isEqualTo(low);
  }

  @Test
  void cooldownRestartsAfterMoreEdges() {
    PullState low = RULE.after(PULLED, 90, 2_000);
    PullState high = RULE.after(low, 91, 2_030);

    assertThat(high).isEqualTo(PULLED);
    assertThat(RULE.endsAt(high)).isEqualTo(Long.MAX_VALUE);
    assertThat(RULE.endsAt(RULE.after(high, 90, 2_040))).isEqualTo(2_090);
  }

  @Test
  void zeroThresholdPullsWithTheFirstEdge() {
    PullHysteresis rule = new PullHysteresis(0, Duration.ZERO);

    assertThat(rule.after(PullState.NONE, 0, 5)).isEqualTo(PullState.NONE);
    assertThat(rule.after(PullState.NONE, 1, 5)).isEqualTo(new PullState(5, 0));
    assertThat(rule.endsAt(rule.after(new PullState(5, 0), 1, 6))).isEqualTo(Long.MAX_VALUE);
    assertThat(rule.endsAt(rule.after(new PullState(5, 0), 0, 7))).isEqualTo(7);
  }

  @Test
  void timesBeforeTheEpochAreNotTreatedAsNever() {
    PullState pulled = RULE.after(PullState.NONE, 101, Long.MIN_VALUE);

    assertThat(pulled.isOn()).isTrue();
    assertThat(RULE.endsAt(RULE.after(pulled, 0, Long.MIN_VALUE))).isEqualTo(51);
  }

  @Property
  void ninetyPercentIsExactForAnyThreshold(@ForAll @LongRange(max = Long.MAX_VALUE) long above) {
    PullHysteresis rule = RULE.withAbove(above);
    long most =
        BigInteger.valueOf(above)
            .multiply(BigInteger.valueOf(9))
            .divide(BigInteger.TEN)
            .longValueExact();

    assertThat(rule.after(PULLED, most, 2_000).lowSince()).isEqualTo(2_000);
    assertThat(rule.after(PULLED, most + 1, 2_000).lowSince()).isZero();
  }

  @Test
  void negativeValuesAreRejected() {
    assertThatThrownBy(() -> RULE.withAbove(-1)).hasMessage("above: -1 (expected: 0 or more)");
    assertThatThrownBy(() -> new PullHysteresis(0, Duration.ofMillis(-1)))
        .hasMessageContaining("hold: ");
  }
}
