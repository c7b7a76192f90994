package dev.upswell.local.traffic;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws indexes by weight, in logarithmic time. Immutable. */
final class WeightedChoice {
  private final double[] sums;

  /**
   * Creates a choice.
   *
   * @param weights weight of each index, none negative, not all zero, at least one
   */
  WeightedChoice(double[] weights) {
    sums = weights.clone();
    Arrays.parallelPrefix(sums, Double::sum);
  }

  /** Draws one of all indexes. */
  int draw(RandomGenerator random) {
    return draw(random, sums.length);
  }

  /** Draws one of the first indexes, of which there is at least one. */
  int draw(RandomGenerator random, int first) {
    int at = Arrays.binarySearch(sums, 0, first, random.nextDouble() * sums[first - 1]);
    int index = at >= 0 ? at + 1 : -at - 1;
    return Math.min(index, first - 1);
  }
}
