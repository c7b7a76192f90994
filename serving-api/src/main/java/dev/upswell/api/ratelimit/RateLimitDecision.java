package dev.upswell.api.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import java.util.concurrent.TimeUnit;

/**
 * What a quota says of a request.
 *
 * @param allowed whether there was a token left
 * @param remaining tokens that are left
 * @param resetSeconds until all tokens are back, rounded up
 * @param retrySeconds until there is a token, rounded up; 0 if allowed
 */
record RateLimitDecision(
    Quota quota, boolean allowed, long remaining, long resetSeconds, long retrySeconds) {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  static RateLimitDecision of(Quota quota, ConsumptionProbe probe) {
    return new RateLimitDecision(
        quota,
        probe.isConsumed(),
        probe.getRemainingTokens(),
        secondsOf(probe.getNanosToWaitForReset()),
        probe.isConsumed() ? 0 : Math.max(1, secondsOf(probe.getNanosToWaitForRefill())));
  }

  private static long secondsOf(long nanos) {
    return (nanos + NANOS - 1) / NANOS;
  }

  /** As an item of {@code RateLimit}: what is left, and when all is back. */
  String limit() {
    return "\"" + quota.name() + "\";r=" + remaining + ";t=" + resetSeconds;
  }
}
