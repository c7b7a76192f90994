package dev.upswell.api.protection;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.time.Duration;
import java.util.List;

/**
 * Overload protection.
 *
 * @param admission limits of concurrency
 * @param deadline timeout of a read from its slot on
 * @param breaker settings of the circuit breaker
 * @param staleBytes approximate memory of the stale page cache; 0 for none
 * @param staleMaxAge maximum age of stale pages
 */
public record ProtectionOptions(
    ConcurrencySettings admission,
    Duration deadline,
    BreakerSettings breaker,
    long staleBytes,
    Duration staleMaxAge) {
  private static final long MEBIBYTE = 1L << 20;

  private static final Option<Integer> MAX_CONCURRENT =
      Option.integer(
          "admission.max-concurrent",
          10,
          1,
          10_000,
          "Maximum concurrent reads of the store; others wait");
  private static final Option<Integer> QUEUE =
      Option.integer(
          "admission.max-queued", 200, 0, 100_000, "Maximum waiting reads; further ones get 503");
  private static final Option<Duration> MAX_WAIT =
      Option.duration(
          "admission.max-wait",
          Duration.ofMillis(300),
          Duration.ofMillis(1),
          Duration.ofMinutes(1),
          "Maximum wait of a read; then 503");
  private static final Option<Duration> DEADLINE =
      Option.duration(
          "read.deadline",
          Duration.ofMillis(1500),
          Duration.ofMillis(10),
          Duration.ofMinutes(1),
          "Timeout of a read after its wait; then a stale feed, or 503");
  private static final Option<Integer> FAILURES =
      Option.integer(
          "breaker.failures",
          10,
          1,
          10_000,
          "Failures within breaker.window that open the circuit breaker");
  private static final Option<Duration> WINDOW =
      Option.duration(
          "breaker.window",
          Duration.ofMinutes(1),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "Window in which failures are counted, regardless of successes");
  private static final Option<Duration> OPEN =
      Option.duration(
          "breaker.open-duration",
          Duration.ofSeconds(30),
          Duration.ofMillis(10),
          Duration.ofHours(1),
          "Time for which the breaker is open; then it is half open");
  private static final Option<Integer> PROBES =
      Option.integer(
          "breaker.probes",
          3,
          1,
          1_000,
          "Concurrent reads of a half-open breaker, which must all succeed");
  private static final Option<Integer> STALE_MEBIBYTES =
      Option.integer(
          "stale.max-mib", 32, 0, 65_536, "Memory of the stale page cache in MiB; 0 for none");
  private static final Option<Duration> STALE_MAX_AGE =
      Option.duration(
          "stale.max-age",
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          Duration.ofDays(7),
          "Maximum age of stale pages");

  /** All options of this record. */
  public static final List<Option<?>> ALL =
      List.of(
          MAX_CONCURRENT,
          QUEUE,
          MAX_WAIT,
          DEADLINE,
          FAILURES,
          WINDOW,
          OPEN,
          PROBES,
          STALE_MEBIBYTES,
          STALE_MAX_AGE);

  /** Reads the options. */
  public static ProtectionOptions from(Options options) {
    return new ProtectionOptions(
        new ConcurrencySettings(
            options.get(MAX_CONCURRENT), options.get(QUEUE), options.get(MAX_WAIT)),
        options.get(DEADLINE),
        new BreakerSettings(
            options.get(FAILURES), options.get(WINDOW), options.get(OPEN), options.get(PROBES)),
        options.get(STALE_MEBIBYTES) * MEBIBYTE,
        options.get(STALE_MAX_AGE));
  }
}
