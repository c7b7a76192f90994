/**
 * Popularity of videos: rolling hour, UTC hours, tiers, forecasts and trending scores.
 *
 * <p>Plain Java, without Flink, Redis and Kafka.
 */
@NullMarked
package dev.upswell.popularity;

import org.jspecify.annotations.NullMarked;
