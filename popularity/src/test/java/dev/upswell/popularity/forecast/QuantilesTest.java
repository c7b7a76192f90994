package dev.upswell.popularity.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Beside the tables of Abramowitz and Stegun, 26.2 and 26.10. */
class QuantilesTest {
  @Test
  void normal() {
    assertThat(Quantiles.normal(0.5)).isCloseTo(0, within(1e-12));
    assertThat(Quantiles.normal(0.8)).isCloseTo(0.841_621_23, within(1e-8));
    assertThat(Quantiles.normal(0.9)).isCloseTo(1.281_551_57, within(1e-8));
    assertThat(Quantiles.normal(0.999)).isCloseTo(3.090_232_31, within(1e-8));
  }

  @Test
  void student() {
    assertThat(student(0.8, 4)).isCloseTo(0.941, within(0.001));
    assertThat(student(0.9, 4)).isCloseTo(1.533, within(0.001));
    assertThat(student(0.99, 4)).isCloseTo(3.747, within(0.01));
    assertThat(student(0.999, 4)).isCloseTo(7.173, within(0.07));
    assertThat(student(0.95, 10)).isCloseTo(1.812, within(0.001));
    assertThat(student(0.8, 1e9)).isCloseTo(0.842, within(0.001));
  }

  private static double student(double probability, double degrees) {
    return Quantiles.student(Quantiles.normal(probability), degrees);
  }
}
