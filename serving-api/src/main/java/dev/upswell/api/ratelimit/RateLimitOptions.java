package dev.upswell.api.ratelimit;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Quotas of users and clients.
 *
 * @param user quota of each user
 * @param client quota of each IPv4 address or IPv6 network
 * @param timeout timeout of Redis, after which this instance counts locally
 * @param proxies networks whose {@code X-Forwarded-For} is trusted, such as 10.0.0.0/8
 */
public record RateLimitOptions(Quota user, Quota client, Duration timeout, List<String> proxies) {
  private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F.:]+/[0-9]{1,3}");

  private static final Option<Integer> USER_RATE =
      Option.integer(
          "rate-limit.user.per-second",
          20,
          0,
          1_000_000,
          "Requests per second of a user, over all instances; 0 for no limit");
  private static final Option<Integer> USER_BURST =
      Option.integer("rate-limit.user.burst", 100, 1, 1_000_000, "Burst of requests of a user");
  private static final Option<Integer> CLIENT_RATE =
      Option.integer(
          "rate-limit.client.per-second",
          500,
          0,
          1_000_000,
          "Requests per second of a client address, over all instances; 0 for no" + " limit");
  private static final Option<Integer> CLIENT_BURST =
      Option.integer(
          "rate-limit.client.burst", 1_000, 1, 1_000_000, "Burst of requests of a client address");
  private static final Option<Duration> TIMEOUT =
      Option.duration(
          "rate-limit.timeout",
          Duration.ofMillis(100),
          Duration.ofMillis(1),
          Duration.ofSeconds(10),
          "Timeout of quotas in Redis; then this instance counts locally");
  private static final Option<String> PROXIES =
      Option.text(
          "rate-limit.trusted-proxies",
          "",
          "Networks with a trusted X-Forwarded-For, such as 10.0.0.0/8, separated by commas");

  /** All options. */
  public static final List<Option<?>> ALL =
      List.of(USER_RATE, USER_BURST, CLIENT_RATE, CLIENT_BURST, TIMEOUT, PROXIES);

  /** Keeps its own copy, and checks that it names networks. */
  public RateLimitOptions {
    proxies = List.copyOf(proxies);
    for (String network : proxies) {
      if (!NETWORK.matcher(network).matches()) {
        throw new IllegalArgumentException(
            "rate-limit.trusted-proxies: %s (expected: networks such as 10.0.0.0/8)"
                .formatted(network));
      }
    }
  }

  /** Reads the options. */
  public static RateLimitOptions from(Options options) {
    return new RateLimitOptions(
        new Quota("user", options.get(USER_BURST), options.get(USER_RATE)),
        new Quota("client", options.get(CLIENT_BURST), options.get(CLIENT_RATE)),
        options.get(TIMEOUT),
        Arrays.stream(options.get(PROXIES).split(",", -1))
            .map(String::strip)
            .filter(network -> !network.isEmpty())
            .toList());
  }
}
