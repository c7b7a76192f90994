package dev.upswell.viral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinuteWheelTest {
  @Test
  void videosAreReturnedAtTheirDueMinute() {
    MinuteWheel wheel = new MinuteWheel();
    for (long id = 1; id <= 100; id++) {
      wheel.add((int) (id % 3), id);
    }
    assertThat(wheel.first()).isZero();
    assertThat(wheel.take(0)).hasSize(33).startsWith(3, 6, 9);
    assertThat(wheel.take(0)).isEmpty();
    assertThat(wheel.first()).isEqualTo(1);
    assertThat(wheel.take(1)).hasSize(34);
    assertThat(wheel.take(2)).hasSize(33);
    assertThat(wheel.first()).isEqualTo(Integer.MAX_VALUE);
  }
}
