package dev.upswell.api.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import java.util.concurrent.TimeUnit;

/**
 * Decision of a quota about a request.
 *
 * @param allowed whether a token was available
 * @param remaining remaining tokens
 * @param resetSeconds time until the bucket is full, rounded up
 * @param retrySeconds time until the next token, rounded up; 0 if allowed
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

  /** Returns the item of {@code RateLimit}: remaining tokens, and time until the bucket is full. */
  String limit() {
    return "\"" + quota.name() + "\";r=" + remaining + ";t=" + resetSeconds;
  }
}
