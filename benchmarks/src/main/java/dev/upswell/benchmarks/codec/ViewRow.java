package dev.upswell.benchmarks.codec;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A view as a record for Jackson, with ids as texts. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ViewRow(
    long viewerId,
    long videoId,
    long creatorId,
    long viewedAt,
    int watchMs,
    int durationMs,
    String eventId,
    String region,
    String device,
    String surface,
    String impressionId) {}
