/** Kafka in and out: sources that never die of a record, sinks with safe settings, dead letters. */
@NullMarked
package dev.upswell.runtime.kafka;

import org.jspecify.annotations.NullMarked;
