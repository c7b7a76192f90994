package dev.upswell.benchmarks.push;

/** A client that pushes blocks of keys, several of them in flight. Used by one thread. */
public interface PushClient extends AutoCloseable {
  /** Sends the pushes to the keys of a block. */
  void send(int block);

  /** Waits for the replies of the oldest pending block, and checks them. */
  void awaitOldest();

  @Override
  default void close() {}
}
