package dev.upswell.feeds.memory;

import dev.upswell.feeds.FeedReads;
import dev.upswell.feeds.FeedStatementsContract;
import dev.upswell.feeds.FeedWrites;

class MemoryFeedStatementsTest extends FeedStatementsContract {
  private final MemoryFeedStore store = new MemoryFeedStore(SETTINGS);

  @Override
  protected FeedReads reads() {
    return store;
  }

  @Override
  protected FeedWrites writes() {
    return store;
  }
}
