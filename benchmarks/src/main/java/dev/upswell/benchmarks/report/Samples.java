package dev.upswell.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Values of a figure by round.
 *
 * @param values in the order of the rounds; not empty
 */
public record Samples(List<Double> values) {
  /** Keeps its own copy. */
  public Samples {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("samples: none (expected: 1 or more)");
    }
    values = List.copyOf(values);
  }

  /** Creates a figure of one round. */
  public static Samples of(double... values) {
    return new Samples(Arrays.stream(values).boxed().toList());
  }

  /** The one in the middle; of an even number the mean of the two. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** The smallest. */
  public double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The largest. */
  public double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * Returns the quotients by round, because a slow round affects both.
   *
   * @throws IllegalArgumentException if the numbers of rounds differ
   */
  public Samples dividedBy(Samples other) {
    if (values.size() != other.values.size()) {
      throw new IllegalArgumentException(
          "rounds: " + other.values.size() + " (expected: " + values.size() + ")");
    }
    return new Samples(
        IntStream.range(0, values.size())
            .mapToObj(round -> values.get(round) / other.values.get(round))
            .toList());
  }
}
