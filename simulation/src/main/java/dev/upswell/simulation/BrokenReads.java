package dev.upswell.simulation;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.store.BuildStart;
import dev.upswell.feeds.store.FeedHead;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.OutboxPage;
import dev.upswell.feeds.store.OutboxRequest;
import dev.upswell.feeds.store.StoredFeed;
import dev.upswell.feeds.store.VideoVisibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The reader's port of the store, without some of the rules. */
record BrokenReads(FeedStoreReader store, Set<OrderingRule> broken) implements FeedStoreReader {
  static FeedStoreReader of(FeedStoreReader store, Set<OrderingRule> broken) {
    return broken.isEmpty() ? store : new BrokenReads(store, broken);
  }

  static List<FeedEntry> entries(FeedList list) {
    List<FeedEntry> entries = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      entries.add(list.entry(i));
    }
    return entries;
  }

  @Override
  public CompletableFuture<StoredFeed> storedFeed(long userId) {
    return store
        .storedFeed(userId)
        .thenApply(
            found -> new StoredFeed(found.following(), found.warmEpoch(), believed(found.list())));
  }

  @Override
  public CompletableFuture<FeedHead> head(long userId, int size, int most, boolean renew) {
    return store.head(userId, size, most, renew);
  }

  @Override
  public CompletableFuture<Void> renew(long userId) {
    return store.renew(userId);
  }

  private FeedList believed(FeedList list) {
    List<FeedEntry> entries = entries(list);
    if (broken.contains(OrderingRule.LISTS_HAVE_A_FLOOR) && list.isComplete()) {
      entries.set(entries.size() - 1, FeedEntry.END);
    }
    if (broken.contains(OrderingRule.UNFINISHED_LISTS_ARE_BUILT_ANEW) && entries.size() > 1) {
      entries.removeIf(FeedEntry::isMarker);
    }
    return FeedList.of(entries);
  }

  @Override
  public CompletableFuture<BuildStart> begin(
      long userId, long builder, List<OutboxRequest> requests) {
    if (broken.contains(OrderingRule.MARKER_BEFORE_OUTBOXES)) {
      return store
          .outboxes(requests)
          .thenCompose(
              pages ->
                  store
                      .begin(userId, builder, List.of())
                      .thenApply(
                          start ->
                              new BuildStart(
                                  start.tail(), start.following(), start.warmEpoch(), pages)));
    }
    if (broken.contains(OrderingRule.FOLLOWING_AFTER_MARKER)) {
      return store
          .storedFeed(userId)
          .thenCompose(
              before ->
                  store
                      .begin(userId, builder, requests)
                      .thenApply(
                          start ->
                              new BuildStart(
                                  start.tail(),
                                  before.following(),
                                  before.warmEpoch(),
                                  start.pages())));
    }
    return store.begin(userId, builder, requests);
  }

  @Override
  public CompletableFuture<List<OutboxPage>> outboxes(List<OutboxRequest> requests) {
    return store.outboxes(requests);
  }

  @Override
  public CompletableFuture<Void> drop(long userId) {
    return store.drop(userId);
  }

  @Override
  public CompletableFuture<Boolean> finish(long userId, FeedEntry marker, List<FeedEntry> entries) {
    return store.finish(userId, marker, numbered(entries));
  }

  @Override
  public CompletableFuture<Boolean> compact(long userId, FeedList seen, List<FeedEntry> entries) {
    return store.compact(userId, seen, numbered(entries));
  }

  /** Returns a list to write, without its build number if the rule is disabled. */
  private List<FeedEntry> numbered(List<FeedEntry> entries) {
    if (!broken.contains(OrderingRule.LISTS_HAVE_A_BUILD_NUMBER)) {
      return entries;
    }
    List<FeedEntry> all = new ArrayList<>(entries);
    FeedEntry tail = all.remove(all.size() - 1);
    all.add(FeedEntry.tail(tail.videoId(), 0));
    return all;
  }

  @Override
  public CompletableFuture<Optional<FeedSnapshot>> feedSnapshot(long userId) {
    return store.feedSnapshot(userId);
  }

  @Override
  public CompletableFuture<Void> saveSnapshot(long userId, FeedSnapshot feed) {
    return store.saveSnapshot(userId, feed);
  }

  @Override
  public CompletableFuture<long[]> pulledCreators() {
    return store.pulledCreators();
  }

  @Override
  public CompletableFuture<Following> following(long userId) {
    return store.following(userId);
  }

  @Override
  public CompletableFuture<List<VideoVisibility>> visibilities(long[] videoIds) {
    return store.visibilities(videoIds);
  }
}
