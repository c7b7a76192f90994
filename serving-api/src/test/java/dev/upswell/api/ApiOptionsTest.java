package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.api.auth.AuthOptions.Mode;
import dev.upswell.api.protection.BreakerSettings;
import dev.upswell.api.protection.ConcurrencySettings;
import dev.upswell.api.protection.ProtectionOptions;
import dev.upswell.api.ratelimit.Quota;
import dev.upswell.api.ratelimit.RateLimitOptions;
import dev.upswell.api.trace.RequestLogWriter;
import dev.upswell.feeds.FeedReadOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks the defaults, so that a change of a default is deliberate. */
class ApiOptionsTest {
  private static ApiOptions options(String... more) {
    String[] all = java.util.Arrays.copyOf(more, more.length + 2);
    all[more.length] = "--redis.uri=redis://127.0.0.1:1";
    all[more.length + 1] = "--kafka.bootstrap-servers=127.0.0.1:9";
    return ApiOptions.from(
        ApiOptions.options().read(all, Map.of("UPSWELL_AUTH_SECRET", Jwt.SECRET)));
  }

  @Test
  void defaultsOfTheServer() {
    ApiOptions options = options();

    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.deadline()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.maxEvents()).isEqualTo(1_000);
    assertThat(options.maxBodyBytes()).isEqualTo(1 << 20);
    assertThat(options.maxConnections()).isEqualTo(10_000);
    assertThat(options.maxStreams()).isEqualTo(5_000);
    assertThat(options.warmUp()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.quiet()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.drain()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.loggedRequests()).isEqualTo(RequestLogWriter.Which.FAILED);
  }

  @Test
  void defaultsOfReading() {
    assertThat(options().reading())
        .isEqualTo(
            new FeedReadOptions(
                Duration.ofSeconds(1), Duration.ofSeconds(2), 128L << 20, Duration.ofSeconds(1)));
  }

  @Test
  void defaultsOfProtection() {
    assertThat(options().protection())
        .isEqualTo(
            new ProtectionOptions(
                new ConcurrencySettings(10, 200, Duration.ofMillis(300)),
                Duration.ofMillis(1_500),
                new BreakerSettings(10, Duration.ofMinutes(1), Duration.ofSeconds(30), 3),
                32L << 20,
                Duration.ofHours(1)));
  }

  @Test
  void defaultsOfLimitsAuthAndCursors() {
    ApiOptions options = options();

    assertThat(options.limits())
        .isEqualTo(
            new RateLimitOptions(
                new Quota("user", 100, 20),
                new Quota("client", 1_000, 500),
                Duration.ofMillis(100),
                List.of()));
    assertThat(options.auth().mode()).isEqualTo(Mode.JWT);
    assertThat(options.auth().audience()).isEqualTo("upswell");
    assertThat(options.auth().issuer()).isEmpty();
    assertThat(options.auth().operatorScope()).isEqualTo("upswell:operate");
    assertThat(options.auth().eventsScope()).isEqualTo("upswell:events");
    assertThat(options.auth().jwksTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.cursors().secrets()).isEmpty();
    assertThat(options.cursors().ttl()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void inconsistentOptionsAreRejectedByName() {
    assertThatThrownBy(() -> options("--request.deadline=1800ms"))
        .hasMessage(
            "request.deadline: PT1.8S (expected: more than admission.max-wait and read.deadline,"
                + " PT1.8S)");
    assertThatThrownBy(() -> options("--drain=1s", "--drain.quiet-period=2s"))
        .hasMessage("drain.quiet-period: PT2S (expected: at most drain, PT1S)");
    assertThatThrownBy(() -> options("--rate-limit.trusted-proxies=10.0.0.0/8,nonsense"))
        .hasMessage("rate-limit.trusted-proxies: nonsense (expected: networks such as 10.0.0.0/8)");
  }
}
