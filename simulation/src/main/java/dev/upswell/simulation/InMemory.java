package dev.upswell.simulation;

import dev.upswell.feeds.FeedReads;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.FeedWrites;
import dev.upswell.feeds.memory.MemoryFeedStore;
import java.util.concurrent.Executor;

/** The store in memory, in which every command is a step of its own. */
public final class InMemory implements SimulatedStore {
  private final MemoryFeedStore store;

  /** An empty store. */
  public InMemory(FeedSettings settings) {
    this.store = new MemoryFeedStore(settings);
  }

  @Override
  public FeedReads reads(Executor steps) {
    return store.on(steps);
  }

  @Override
  public FeedWrites writes(Executor steps) {
    return store.on(steps);
  }

  @Override
  public void expire(long user) {
    store.expire(user);
  }
}
