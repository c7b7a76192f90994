package dev.upswell.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One figure per round.
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

  /** A figure of one round, or one that is the same in all. */
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
   * The quotients, round by round: what slowed the machine in a round slowed both.
   *
   * @throws IllegalArgumentException unless both have as many rounds
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
