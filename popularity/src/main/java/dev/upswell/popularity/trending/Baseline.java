package dev.upswell.popularity.trending;

/**
 * Baseline of a video, from its own past and from that of its creator.
 *
 * <p>The past is the slow sum minus the fast sum. Both are sums of the same events with the kernels
 * {@code 2^(-a/slow)} and {@code 2^(-a/fast)} for an age of {@code a}. The difference has a kernel
 * that is 0 for current events and largest for events a few half-lives old, so a surge does not
 * raise its own baseline at once. The rate is {@code sum / span}, both with the same decay. Few
 * observations are shrunk to the creator's usual rate, like the mean of a Poisson rate with a Gamma
 * prior: {@code (sum + prior * usual) / (span + prior)} (Gelman et al., "Bayesian Data Analysis",
 * 2.6).
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
   * Returns the number of slots that the past represents.
   *
   * @param age slots since the first event
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
   * Returns the expected fast sum.
   *
   * @param past the slow sum minus the fast sum
   * @param usual engagement per slot of the creator's other videos
   */
  double of(double past, double usual, int age) {
    double weight = prior * fading.factor(age);
    double rate = (past + weight * usual) / (pastSpan(age) + weight);
    return rate * fast.span(age);
  }

  // ---- Variance of the past

  /**
   * Decays the slow sum of the squared fast sum to a later slot. It contains the fast sum of each
   * slot before. Without events in between, the fast sum only decays, and the sum over these slots
   * is geometric: {@code sum over j < k of (f d^j)^2 s^(k-j)}.
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
   * Returns the variance of the fast sum over the past. Its mean needs no sum of its own: the slow
   * sum of a fast sum is {@code (s * slow - d * fast) / (s - d)} of the same events. The weight
   * grows with the age, as the square of {@code 1 - 2^(-age/half-life)}, because the past of a new
   * video is a rise and no fluctuation.
   *
   * @param squares result of {@link #squares}
   * @param slowSum slow sum with the events of this slot
   * @param fastSum fast sum with the events of this slot
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
