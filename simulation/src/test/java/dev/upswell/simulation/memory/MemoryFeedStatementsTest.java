package dev.upswell.simulation.memory;

import dev.upswell.feeds.FeedStatementsContract;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;

class MemoryFeedStatementsTest extends FeedStatementsContract {
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
