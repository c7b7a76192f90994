package dev.upswell.benchmarks.report;

/**
 * What a figure is to reach or not to exceed.
 *
 * @param of which number of the row is meant
 * @param side on which side of the bound it is to be
 * @param bound itself allowed
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

  /** Whether a figure is on the right side. */
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
