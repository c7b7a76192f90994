package dev.upswell.benchmarks.report;

/**
 * Bound of a figure.
 *
 * @param of number of the row
 * @param side allowed side of the bound
 * @param bound allowed itself
 */
public record Goal(Of of, Side side, double bound) {
  /** The numbers of a row that can have a goal. */
  public enum Of {
    /** The median of ours, in the unit of the row. */
    OURS,
    /** The median of the ratios. */
    RATIO
  }

  /** The sides of a bound. */
  public enum Side {
    /** Less is better. */
    AT_MOST,
    /** More is better. */
    AT_LEAST
  }

  /** Ours is to be at most this, in the unit of the row. */
  public static Goal atMost(double most) {
    return new Goal(Of.OURS, Side.AT_MOST, most);
  }

  /** Ours is to be at least this, in the unit of the row. */
  public static Goal atLeast(double least) {
    return new Goal(Of.OURS, Side.AT_LEAST, least);
  }

  /** Ours divided by theirs is to be at most this. */
  public static Goal ratioAtMost(double most) {
    return new Goal(Of.RATIO, Side.AT_MOST, most);
  }

  /** Ours divided by theirs is to be at least this. */
  public static Goal ratioAtLeast(double least) {
    return new Goal(Of.RATIO, Side.AT_LEAST, least);
  }

  /** Returns whether a figure meets the bound. */
  boolean isMetBy(double figure) {
    return side == Side.AT_MOST ? figure <= bound : figure >= bound;
  }

  @Override
  public String toString() {
    return (of == Of.RATIO ? "ratio " : "")
        + (side == Side.AT_MOST ? "<= " : ">= ")
        + Report.number(bound);
  }
}
