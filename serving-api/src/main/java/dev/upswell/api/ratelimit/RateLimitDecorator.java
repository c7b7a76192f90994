package dev.upswell.api.ratelimit;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.redis.RedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.AsciiString;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * Rejects requests above the quota of their user or client with 429, and adds {@code RateLimit} and
 * {@code RateLimit-Policy} to all responses (draft-ietf-httpapi-ratelimit-headers). Thread-safe.
 *
 * <p>A client is an IPv4 address, or an IPv6 network of 64 bits, the usual size of one subscriber.
 */
public final class RateLimitDecorator {
  private static final AsciiString POLICY = AsciiString.of("ratelimit-policy");
  private static final AsciiString LIMIT = AsciiString.of("ratelimit");
  private static final int NETWORK_BYTES = 8;

  private final RateLimitOptions settings;
  private final RateLimiter limits;
  private final String policies;

  /** Limits by the settings. */
  public RateLimitDecorator(
      RateLimitOptions settings, RedisConnection redis, MeterRegistry metrics) {
    this.settings = settings;
    this.limits = new RateLimiter(redis, settings.timeout(), metrics);
    this.policies =
        List.of(settings.user(), settings.client()).stream()
            .filter(Quota::isLimited)
            .map(Quota::policy)
            .collect(Collectors.joining(", "));
  }

  /**
   * Consumes quota for a request.
   *
   * @param user user of the request; empty if unknown
   * @return fails with a problem of status 429 above the quota
   */
  public CompletableFuture<Void> consume(ServiceRequestContext ctx, OptionalLong user) {
    ScheduledExecutorService thread = ctx.eventLoop().withoutContext();
    List<CompletableFuture<RateLimitDecision>> counts = new ArrayList<>(2);
    if (settings.user().isLimited() && user.isPresent()) {
      counts.add(limits.count(settings.user(), "user:" + user.getAsLong(), thread));
    }
    if (settings.client().isLimited()) {
      counts.add(limits.count(settings.client(), "client:" + clientOf(ctx), thread));
    }
    if (counts.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.allOf(counts.toArray(CompletableFuture<?>[]::new))
        .thenAccept(done -> addHeaders(ctx, counts.stream().map(CompletableFuture::join).toList()));
  }

  private void addHeaders(ServiceRequestContext ctx, List<RateLimitDecision> verdicts) {
    String left = verdicts.stream().map(RateLimitDecision::limit).collect(Collectors.joining(", "));
    ctx.mutateAdditionalResponseHeaders(headers -> headers.set(POLICY, policies).set(LIMIT, left));
    List<RateLimitDecision> violated =
        verdicts.stream().filter(verdict -> !verdict.allowed()).toList();
    if (!violated.isEmpty()) {
      int seconds =
          (int) violated.stream().mapToLong(RateLimitDecision::retrySeconds).max().orElse(1);
      throw new ProblemException(
          Problem.overQuota(
              HttpStatus.TOO_MANY_REQUESTS,
              violated.stream().map(verdict -> verdict.quota().name()).toList(),
              seconds));
    }
  }

  private static String clientOf(ServiceRequestContext ctx) {
    InetAddress address = ctx.clientAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }
}
