package dev.upswell.benchmarks.report;

import java.util.Optional;

/**
 * Figure of a benchmark, with its rival if it has one.
 *
 * @param figure name, such as {@code warm feed, 8 clients: p99}
 * @param unit such as {@code ms}
 */
public record Row(
    String figure, String unit, Samples ours, Optional<Rival> rival, Optional<Goal> goal) {
  /**
   * Checks that ours and the rival's can be compared.
   *
   * @throws IllegalArgumentException if they have different numbers of rounds, or the goal is one
   *     of the ratio and there is no rival
   */
  public Row {
    rival.ifPresent(other -> ours.dividedBy(other.samples()));
    if (rival.isEmpty() && goal.filter(wanted -> wanted.of() == Goal.Of.RATIO).isPresent()) {
      throw new IllegalArgumentException(figure + ": a goal for the ratio, but no rival");
    }
  }

  /** Creates a figure without a rival. */
  public static Row of(String figure, String unit, Samples ours) {
    return new Row(figure, unit, ours, Optional.empty(), Optional.empty());
  }

  /** The same figure beside a rival. */
  public Row beside(String name, Samples theirs) {
    return new Row(figure, unit, ours, Optional.of(new Rival(name, theirs)), goal);
  }

  /** The same figure with a goal. */
  public Row to(Goal wanted) {
    return new Row(figure, unit, ours, rival, Optional.of(wanted));
  }

  /** Ours divided by the rival's, round by round. */
  public Optional<Samples> ratio() {
    return rival.map(other -> ours.dividedBy(other.samples()));
  }

  /** Returns whether the goal is met; empty without one. */
  public Optional<Boolean> isGoalMet() {
    return goal.map(
        wanted ->
            switch (wanted.of()) {
              case OURS -> wanted.isMetBy(ours.median());
              case RATIO -> wanted.isMetBy(ratio().orElseThrow().median());
            });
  }
}
