package dev.upswell.api.protection;

import java.time.Duration;

/**
 * Settings of the overload protection.
 *
 * @param admission limits of concurrency
 * @param deadline timeout of a read from its slot on
 * @param breaker settings of the circuit breaker
 * @param staleBytes approximate memory of the stale page cache; 0 for none
 * @param staleMaxAge maximum age of stale pages
 */
public record ProtectionSettings(
    ConcurrencySettings admission,
    Duration deadline,
    BreakerSettings breaker,
    long staleBytes,
    Duration staleMaxAge) {}
