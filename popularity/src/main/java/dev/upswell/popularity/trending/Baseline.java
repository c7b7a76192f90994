package dev.upswell.popularity.trending;

/**
 * What was to be expected of a video, from its own past and from its creator's.
 *
 * <p>Its past is the slow sum less the fast one. Both are of the same events with the kernels
 * {@code 2^(-a/slow)} and {@code 2^(-a/fast)} for an age of {@code a}, so the difference is a sum
 * with a kernel that is 0 for what happens now, and most for what is a few half-lives old: the
 * surge does not raise its own baseline at once. Its rate is {@code sum / span}, both decayed
 * alike. Few observations are shrunk to the creator's usual rate, as the mean of a Poisson rate
 * with a Gamma prior is: {@code (sum + prior * usual) / (span + prior)} (Gelman et al., "Bayesian
 * Data Analysis", 2.6).
 *
 * <p>Immutable and thread-safe.
 */
final class Baseline {
  private final Decay fast;
  private final Decay slow;
  private final double prior;
  private final Decay fading;

  Baseline(TrendingSettings settings) {
    this.fast = new Decay(TrendingSettings.slots(settings.halfLife()));
    this.slow = new Decay(TrendingSettings.slots(settings.baselineHalfLife()));
    this.prior = TrendingSettings.slots(settings.prior());
    this.fading = new Decay(prior);
  }

  Decay fast() {
    return fast;
  }

  Decay slow() {
    return slow;
  }

  /**
   * Slots that the past of a video stands for.
   *
   * @param age slots since it was first seen
   */
  double pastSpan(int age) {
    return Math.max(0, slow.span(age) - fast.span(age));
  }

  /**
   * Engagement a slot.
   *
   * @param past the slow sum less the fast one
   */
  double rate(double past, int age) {
    double span = pastSpan(age);
    return span == 0 ? 0 : past / span;
  }

  /**
   * What the fast sum was to be.
   *
   * @param past the slow sum less the fast one
   * @param usual engagement a slot that the creator is used to
   */
  double of(double past, double usual, int age) {
    double weight = prior * fading.factor(age);
    double rate = (past + weight * usual) / (pastSpan(age) + weight);
    return rate * fast.span(age);
  }

  // ---- How much the past varied

  /**
   * Brings the slow sum of the squares of the fast sum to a later slot: it has what the fast sum
   * was in each slot before. As nothing happened since, the fast sum only decayed, and the sum over
   * those slots is a geometric one: {@code sum over j < k of (f d^j)^2 s^(k-j)}.
   *
   * @param squares as of an earlier slot
   * @param amount the fast sum in that slot
   * @param slots since then, {@code k}
   */
  double squares(double squares, double amount, int slots) {
    if (slots == 0) {
      return squares;
    }
    double s = slow.perSlot();
    double d = fast.perSlot() * fast.perSlot();
    double left = fast.factor(slots);
    double series = s * (slow.factor(slots) - left * left) / (s - d);
    return squares * slow.factor(slots) + amount * amount * series;
  }

  /**
   * The variance of the fast sum over the past. Its mean needs no sum of its own: the slow sum of a
   * fast sum is {@code (s * slow - d * fast) / (s - d)} of the same events. It counts the more the
   * longer the past is, the square of {@code 1 - 2^(-age/half-life)}: all that is known of a new
   * video is a rise, which is no wave.
   *
   * @param squares what {@link #squares} says
   * @param slowSum with what happened in this slot
   * @param fastSum likewise
   */
  double variance(double squares, double slowSum, double fastSum, int age) {
    if (age == 0) {
      return 0;
    }
    double s = slow.perSlot();
    double d = fast.perSlot();
    double span = slow.span(age) - 1;
    double mean = ((s * slowSum - d * fastSum) / (s - d) - fastSum) / span;
    double known = 1 - slow.factor(age);
    return Math.max(0, squares / span - mean * mean) * known * known;
  }
}
