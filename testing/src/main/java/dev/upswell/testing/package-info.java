/**
 * Real servers for tests: a Kafka, a Redis, and both with a job. Not part of any jar that ships.
 */
@NullMarked
package dev.upswell.testing;

import org.jspecify.annotations.NullMarked;
