/**
 * Kafka, Redis and Flink as real child processes of this JVM, on this machine, each with its files
 * in one folder and bound to the loop-back interface. They end with the JVM. Meant for tests, the
 * local stack and benchmarks, not for production.
 */
@NullMarked
package dev.upswell.processes;

import org.jspecify.annotations.NullMarked;
