package dev.upswell.popularity.trending;

/**
 * Exponential decay by slot: an event of {@code k} slots ago counts {@code 2^(-k/h)} for a
 * half-life of {@code h} slots. This is an exponentially weighted sum; see Cormode, Shkapenyuk,
 * Srivastava, Xu, "Forward Decay", ICDE 2009, for why it needs no window and no list of events.
 *
 * <p>Amounts are fixed-point numbers in units of {@link #ONE}, so that the sum of a slot is the
 * same in any order. Factors come from tables made by {@link StrictMath}, so they are the same on
 * every machine. Immutable and thread-safe.
 */
public final class Decay {
  /** An amount of 1: twenty bits behind the point, and 43 before it. */
  public static final long ONE = 1L << 20;

  private static final int TABLE_BITS = 10;
  private static final int TABLE = 1 << TABLE_BITS;

  private final double[] fine = new double[TABLE];
  private final double[] coarse = new double[TABLE];
  private final double perSlot;

  /**
   * A decay.
   *
   * @param halfLife in slots; positive
   */
  public Decay(double halfLife) {
    if (!(halfLife > 0)) {
      throw new IllegalArgumentException("halfLife: " + halfLife + " (expected: more than 0)");
    }
    for (int i = 0; i < TABLE; i++) {
      fine[i] = StrictMath.pow(0.5, i / halfLife);
      coarse[i] = StrictMath.pow(0.5, (double) i * TABLE / halfLife);
    }
    perSlot = fine[1];
  }

  /**
   * Returns the weight of 1 after a number of slots; 0 after more than a million, which is four
   * months.
   *
   * @param slots 0 or more
   */
  public double factor(int slots) {
    int steps = slots >>> TABLE_BITS;
    return steps >= TABLE ? 0 : fine[slots & (TABLE - 1)] * coarse[steps];
  }

  /** Returns the remainder of an amount after a number of slots, rounded down. */
  public long left(long amount, int slots) {
    return slots == 0 ? amount : (long) (amount * factor(slots));
  }

  /**
   * Returns the sum of 1 in each slot: {@code 1 + d + ... + d^age}. It is the time span, in slots,
   * that a sum represents. For young videos it is less than {@code 1 / (1 - d)}; without it their
   * rate would be too low.
   *
   * @param age slots since the first, 0 or more
   */
  public double span(int age) {
    return (1 - factor(age) * perSlot) / (1 - perSlot);
  }

  /** Returns the weight of 1 after one slot. */
  double perSlot() {
    return perSlot;
  }
}
