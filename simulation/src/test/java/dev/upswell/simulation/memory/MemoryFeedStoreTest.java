package dev.upswell.simulation.memory;

import dev.upswell.feeds.FeedStoreContract;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;

class MemoryFeedStoreTest extends FeedStoreContract {
  private final MemoryFeedStore store = new MemoryFeedStore(SETTINGS);

  @Override
  protected FeedStoreReader reads() {
    return store;
  }

  @Override
  protected FeedStoreWriter writes() {
    return store;
  }
}
