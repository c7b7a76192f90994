/**
 * What views add up to: the rolling hour of a video, its UTC hours, thresholds of tiers, tiers.
 *
 * <p>Pure: this module knows neither Flink nor Redis nor Kafka.
 */
@NullMarked
package dev.upswell.popularity;

import org.jspecify.annotations.NullMarked;
