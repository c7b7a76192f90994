package dev.upswell.simulation;

import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.simulation.memory.MemoryFeedStore;
import java.util.concurrent.Executor;

/** The in-memory store, in which every command is one step. */
public final class MemoryStore implements SimulatedStore {
  private final MemoryFeedStore store;

  /** An empty store. */
  public MemoryStore(FeedOptions settings) {
    this.store = new MemoryFeedStore(settings);
  }

  @Override
  public FeedStoreReader reads(Executor steps) {
    return store.on(steps);
  }

  @Override
  public FeedStoreWriter writes(Executor steps) {
    return store.on(steps);
  }

  @Override
  public void expire(long user) {
    store.expire(user);
  }
}
