package dev.upswell.api.ratelimit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.upswell.api.protection.BreakerSettings;
import dev.upswell.api.protection.CircuitBreaker;
import dev.upswell.api.protection.Futures;
import dev.upswell.redis.RedisConnection;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * Counts the requests of users and clients. Thread-safe.
 *
 * <p>Counts are in Redis, shared by all instances. While Redis is unavailable or slow, each
 * instance counts locally. A client of several instances then has several quotas, but no request
 * waits or fails because of Redis.
 */
final class RateLimiter {
  /** Retries soon, because quotas are independent of the reads. */
  private static final BreakerSettings BREAKER =
      new BreakerSettings(3, Duration.ofSeconds(10), Duration.ofSeconds(2), 1);

  private static final int MOST_LOCAL = 100_000;
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final RedisBucketStore remote;
  private final Duration timeout;
  private final CircuitBreaker breaker = new CircuitBreaker(BREAKER, System::nanoTime);

  /** Concurrent requests of one user on this instance are counted in one batch. */
  private final Cache<String, AsyncBucketProxy> shared =
      Caffeine.newBuilder().maximumSize(MOST_LOCAL).expireAfterAccess(IDLE).build();

  private final Cache<String, Bucket> local =
      Caffeine.newBuilder().maximumSize(MOST_LOCAL).expireAfterAccess(IDLE).build();

  private final Counter byRedis;
  private final Counter byInstance;

  RateLimiter(RedisConnection redis, Duration timeout, MeterRegistry metrics) {
    this.remote = new RedisBucketStore(redis);
    this.timeout = timeout;
    this.byRedis = metrics.counter("upswell.rate_limit.decisions", "by", "redis");
    this.byInstance = metrics.counter("upswell.rate_limit.decisions", "by", "instance");
  }

  /**
   * Counts a request.
   *
   * @param owner owner of the bucket, such as {@code user:42}
   * @param thread timers of the timeout
   * @return never fails
   */
  CompletableFuture<RateLimitDecision> count(
      Quota quota, String owner, ScheduledExecutorService thread) {
    long pass = breaker.enter();
    if (pass == CircuitBreaker.REJECTED) {
      return CompletableFuture.completedFuture(countLocally(quota, owner));
    }
    CompletableFuture<RateLimitDecision> counted =
        bucket(quota, owner)
            .tryConsumeAndReturnRemaining(1)
            .thenApply(probe -> RateLimitDecision.of(quota, probe));
    return Futures.inTime(
            counted, timeout, thread, () -> new TimeoutException("timeout of the quota in Redis"))
        .handle(
            (verdict, failure) -> {
              if (failure != null) {
                breaker.failed(pass);
                return countLocally(quota, owner);
              }
              breaker.succeeded(pass);
              byRedis.increment();
              return verdict;
            });
  }

  private AsyncBucketProxy bucket(Quota quota, String owner) {
    return shared.get(
        owner,
        absent -> {
          BucketConfiguration configuration = quota.asBucket();
          return remote
              .asAsync()
              .builder()
              .withOptimization(Optimizations.batching())
              .build(key(quota, owner), () -> CompletableFuture.completedFuture(configuration));
        });
  }

  /** A bucket keeps the quota that it was made with, so another quota gets another bucket. */
  private static byte[] key(Quota quota, String owner) {
    return "limit:{%s}:%d/%d".formatted(owner, quota.burst(), quota.perSecond()).getBytes(US_ASCII);
  }

  private RateLimitDecision countLocally(Quota quota, String owner) {
    byInstance.increment();
    Bucket bucket =
        local.get(
            owner,
            absent -> {
              LocalBucketBuilder builder = Bucket.builder();
              for (var limit : quota.asBucket().getBandwidths()) {
                builder.addLimit(limit);
              }
              return builder.build();
            });
    return RateLimitDecision.of(quota, bucket.tryConsumeAndReturnRemaining(1));
  }
}
