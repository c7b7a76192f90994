package dev.upswell.benchmarks.feed;

import java.io.IOException;

/** What one client does again and again. Used by one thread at a time. */
interface Work extends AutoCloseable {
  /** What has to be done before each request, not part of its time. */
  default void prepare() throws IOException {}

  /**
   * The request, whose time is taken.
   *
   * @throws IOException also when the answer is not what it has to be
   */
  void request() throws IOException;

  @Override
  void close() throws IOException;
}
