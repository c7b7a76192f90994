package dev.upswell.benchmarks.push;

/** One way to push: blocks of keys, of which some may be under way. Used by one thread. */
public interface PushClient extends AutoCloseable {
  /** Sends the pushes to the keys of a block. */
  void send(int block);

  /** Waits until the oldest block that is under way is answered, and checks the answers. */
  void awaitOldest();

  @Override
  default void close() {}
}
