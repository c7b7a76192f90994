package dev.upswell.api.protection;

import java.time.Duration;

/**
 * How the API protects itself and its store.
 *
 * @param admission how much is done at a time
 * @param deadline how long a read may take once its turn has come
 * @param breaker when the store is left alone
 * @param staleBytes memory for the last good pages, about; 0 keeps none
 * @param staleMaxAge pages older than this are not given any more
 */
public record ProtectionSettings(
    ConcurrencySettings admission,
    Duration deadline,
    BreakerSettings breaker,
    long staleBytes,
    Duration staleMaxAge) {}
