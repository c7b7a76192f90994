package dev.upswell.benchmarks.feed;

import java.io.IOException;

/** Repeated action of a client. Used by one thread at a time. */
interface Work extends AutoCloseable {
  /** Runs before each request, outside of its time. */
  default void prepare() throws IOException {}

  /**
   * Runs the measured request.
   *
   * @throws IOException for a failure, or a wrong response
   */
  void request() throws IOException;

  @Override
  void close() throws IOException;
}
