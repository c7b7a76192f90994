package dev.upswell.benchmarks.report;

/**
 * What a figure is to be at most.
 *
 * @param of which number of the row is meant
 * @param most the bound, itself allowed
 */
public record Goal(Of of, double most) {
  /** The numbers of a row that can have a goal. */
  public enum Of {
    /** The median of ours, in the unit of the row. */
    OURS,
    /** The median of the ratios. */
    RATIO
  }

  /** Ours is to be at most this, in the unit of the row. */
  public static Goal atMost(double most) {
    return new Goal(Of.OURS, most);
  }

  /** Ours divided by theirs is to be at most this. */
  public static Goal ratioAtMost(double most) {
    return new Goal(Of.RATIO, most);
  }

  @Override
  public String toString() {
    return (of == Of.RATIO ? "ratio <= " : "<= ") + Report.number(most);
  }
}
