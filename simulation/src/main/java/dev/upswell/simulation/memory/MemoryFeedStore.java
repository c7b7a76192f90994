package dev.upswell.simulation.memory;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.store.BuildStart;
import dev.upswell.feeds.store.FeedHead;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.OutboxPage;
import dev.upswell.feeds.store.OutboxRequest;
import dev.upswell.feeds.store.StoredFeed;
import dev.upswell.feeds.store.VideoVisibility;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * In-memory feed store with the steps of Redis.
 *
 * <p>Every command that Redis executes atomically is one step of the given executor. A simulation
 * that selects among waiting steps reaches the interleavings of a real server with many clients.
 * The executor must run one step at a time.
 */
public final class MemoryFeedStore implements FeedStoreReader, FeedStoreWriter {
  private final FeedOptions settings;
  private final Executor steps;
  private final Data data;

  /** Data shared by all ports. */
  private static final class Data {
    private final Map<Long, Following> followings = new HashMap<>();
    private final Map<Long, Map<Parted, Long>> parted = new HashMap<>();
    private final Map<Long, Long> warm = new HashMap<>();
    private final Map<Long, List<FeedEntry>> feeds = new HashMap<>();
    private final Map<Long, NavigableSet<Long>> outboxes = new HashMap<>();
    private final Map<Long, VideoChange> videos = new HashMap<>();
    private final Set<Long> removed = new HashSet<>();
    private final Map<Long, FeedSnapshot> snapshots = new HashMap<>();
    private final Map<Long, Long> pulledCreators = new TreeMap<>();
  }

  private record Parted(long creatorId, String kind) {}

  /** Creates an empty store whose steps run at once, in the caller's thread. */
  public MemoryFeedStore(FeedOptions settings) {
    this(settings, Runnable::run, new Data());
  }

  private MemoryFeedStore(FeedOptions settings, Executor steps, Data data) {
    this.settings = settings;
    this.steps = steps;
    this.data = data;
  }

  /** Returns a port to the same data, whose steps run on another executor. */
  public MemoryFeedStore on(Executor executor) {
    return new MemoryFeedStore(settings, executor, data);
  }

  private <T> CompletableFuture<T> step(Supplier<T> command) {
    return CompletableFuture.supplyAsync(command, steps);
  }

  private CompletableFuture<Void> step(Runnable command) {
    return CompletableFuture.runAsync(command, steps);
  }

  /** Deletes a feed, like expiry or eviction. */
  public void expire(long userId) {
    dropFeed(userId);
    data.snapshots.remove(userId);
  }

  // ---- Reads

  /** In Redis this is one step: all keys of a user are in one place. */
  private Following userFollowing(long userId) {
    long[] parted =
        data.parted.getOrDefault(userId, Map.of()).keySet().stream()
            .mapToLong(Parted::creatorId)
            .toArray();
    return data.followings.getOrDefault(userId, Following.NONE).without(parted);
  }

  @Override
  public CompletableFuture<StoredFeed> storedFeed(long userId) {
    return step(() ->
            new StoredFeed(
                userFollowing(userId), data.warm.getOrDefault(userId, 0L), new FeedList(0)))
        .thenCompose(
            keys ->
                step(
                    () ->
                        new StoredFeed(
                            keys.following(),
                            keys.warmEpoch(),
                            FeedList.of(data.feeds.getOrDefault(userId, List.of())))));
  }

  @Override
  public CompletableFuture<FeedHead> head(long userId, int size, int most, boolean renew) {
    return storedFeed(userId)
        .thenCompose(
            seen ->
                step(
                    () ->
                        new FeedHead(
                            seen.following(),
                            seen.warmEpoch(),
                            added(seen.list(), size, most),
                            tail(userId),
                            renew
                                ? Freshness.NONE
                                : new MemoryFreshness(() -> sees(userId, seen)))));
  }

  private FeedEntry tail(long userId) {
    List<FeedEntry> feed = data.feeds.getOrDefault(userId, List.of());
    return feed.isEmpty() ? FeedEntry.marker(0) : feed.get(feed.size() - 1);
  }

  @Override
  public CompletableFuture<Void> renew(long userId) {
    return CompletableFuture.completedFuture(null);
  }

  private boolean sees(long userId, StoredFeed seen) {
    return userFollowing(userId).equals(seen.following())
        && data.warm.getOrDefault(userId, 0L) == seen.warmEpoch()
        && Arrays.equals(
            FeedList.of(data.feeds.getOrDefault(userId, List.of())).toBytes(),
            seen.list().toBytes());
  }

  private static FeedList added(FeedList list, int size, int most) {
    FeedList added = new FeedList(most);
    for (int i = Math.max(0, list.size() - size - most); i < list.size() - size; i++) {
      added.add(list.videoId(i), list.creatorId(i));
    }
    return added;
  }

  @Override
  public CompletableFuture<BuildStart> begin(
      long userId, long builder, List<OutboxRequest> requests) {
    return step(() -> placeMarker(userId, builder))
        .thenCompose(
            tail ->
                step(() ->
                        new StoredFeed(
                            userFollowing(userId),
                            data.warm.getOrDefault(userId, 0L),
                            new FeedList(0)))
                    .thenCompose(
                        keys ->
                            outboxes(requests)
                                .thenApply(
                                    pages ->
                                        new BuildStart(
                                            tail, keys.following(), keys.warmEpoch(), pages))));
  }

  private FeedEntry placeMarker(long userId, long builder) {
    List<FeedEntry> feed = data.feeds.computeIfAbsent(userId, id -> new ArrayList<>());
    if (feed.isEmpty()) {
      feed.add(FeedEntry.marker(builder));
    }
    return feed.get(feed.size() - 1);
  }

  @Override
  public CompletableFuture<List<OutboxPage>> outboxes(List<OutboxRequest> requests) {
    CompletableFuture<List<OutboxPage>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (OutboxRequest request : requests) {
      all =
          all.thenCompose(
              pages ->
                  step(() -> slice(request))
                      .thenApply(
                          page -> {
                            pages.add(page);
                            return pages;
                          }));
    }
    return all;
  }

  private OutboxPage slice(OutboxRequest request) {
    NavigableSet<Long> outbox = data.outboxes.getOrDefault(request.creatorId(), new TreeSet<>());
    long[] ids =
        outbox.headSet(request.below(), false).descendingSet().stream()
            .limit(request.count())
            .mapToLong(Long::longValue)
            .toArray();
    return new OutboxPage(request.creatorId(), ids, ids.length < request.count(), outbox.size());
  }

  @Override
  public CompletableFuture<Void> drop(long userId) {
    return step(() -> dropFeed(userId));
  }

  @Override
  public CompletableFuture<Boolean> finish(long userId, FeedEntry marker, List<FeedEntry> entries) {
    return step(
        () -> {
          List<FeedEntry> feed = data.feeds.getOrDefault(userId, List.of());
          if (feed.isEmpty() || !feed.get(feed.size() - 1).equals(marker)) {
            return false;
          }
          feed.remove(feed.size() - 1);
          feed.addAll(entries);
          return true;
        });
  }

  @Override
  public CompletableFuture<Boolean> compact(long userId, FeedList seen, List<FeedEntry> entries) {
    return step(
        () -> {
          List<FeedEntry> feed = data.feeds.getOrDefault(userId, List.of());
          int kept = feed.size() - seen.size();
          if (kept < 0) {
            return false;
          }
          for (int i = 0; i < seen.size(); i++) {
            if (!feed.get(kept + i).equals(seen.entry(i))) {
              return false;
            }
          }
          feed.subList(kept, feed.size()).clear();
          feed.addAll(entries);
          return true;
        });
  }

  @Override
  public CompletableFuture<Optional<FeedSnapshot>> feedSnapshot(long userId) {
    return step(() -> Optional.ofNullable(data.snapshots.get(userId)));
  }

  @Override
  public CompletableFuture<Void> saveSnapshot(long userId, FeedSnapshot feed) {
    return step(
        () -> {
          data.snapshots.put(userId, feed);
        });
  }

  @Override
  public CompletableFuture<long[]> pulledCreators() {
    return step(() -> data.pulledCreators.keySet().stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public CompletableFuture<Following> following(long userId) {
    return step(() -> userFollowing(userId));
  }

  @Override
  public CompletableFuture<List<VideoVisibility>> visibilities(long[] videoIds) {
    return step(() -> LongStream.of(videoIds).mapToObj(this::tracked).toList());
  }

  private VideoVisibility tracked(long videoId) {
    Video.Visibility seen = visibility(videoId);
    VideoChange video = data.videos.get(videoId);
    return new VideoVisibility(
        video == null ? 0 : video.creatorId(),
        seen,
        new MemoryFreshness(() -> visibility(videoId) == seen));
  }

  private Video.Visibility visibility(long videoId) {
    VideoChange video = data.videos.get(videoId);
    return video == null || data.removed.contains(videoId)
        ? Video.Visibility.PRIVATE
        : VideoState.visibilityOf(video.record());
  }

  // ---- Writes of the job

  @Override
  public CompletableFuture<Void> write(VideoWrite write) {
    VideoChange video = write.video();
    CompletableFuture<Void> written = step(() -> writeData(video));
    for (long id : write.outbox().added()) {
      written = written.thenCompose(done -> step(() -> change(video, outbox -> outbox.add(id))));
    }
    for (long id : write.outbox().removed()) {
      written = written.thenCompose(done -> step(() -> change(video, outbox -> outbox.remove(id))));
    }
    return written.thenCompose(done -> step(() -> change(video, this::trim)));
  }

  private void writeData(VideoChange video) {
    switch (video.kind()) {
      case SHOWN, UPDATED, HIDDEN -> data.videos.merge(video.videoId(), video, this::later);
      case REMOVED -> data.removed.add(video.videoId());
      case LOST -> {}
    }
  }

  private VideoChange later(VideoChange old, VideoChange other) {
    boolean isNewer =
        old.creatorId() == other.creatorId()
            ? old.record().getAt() <= other.record().getAt()
            : old.publishedAt() >= other.publishedAt();
    return isNewer ? other : old;
  }

  private void change(VideoChange video, Consumer<NavigableSet<Long>> change) {
    change.accept(
        data.outboxes.computeIfAbsent(
            video.creatorId(), id -> new TreeSet<>(Comparator.naturalOrder())));
  }

  private void trim(NavigableSet<Long> outbox) {
    while (outbox.size() > settings.outboxEntries()) {
      outbox.pollFirst();
    }
  }

  @Override
  public CompletableFuture<Void> follow(long userId, Following following) {
    return step(() -> write(userId, following));
  }

  private void write(long userId, Following following) {
    data.followings.put(userId, following);
  }

  @Override
  public CompletableFuture<Void> writeTombstone(long userId, RelationshipTombstone tombstone) {
    return step(
        () -> {
          writeTombstone(userId, tombstone, "unfollow", tombstone.unfollowAt());
          writeTombstone(userId, tombstone, "block", tombstone.blockAt());
          writeTombstone(userId, tombstone, "blocked", tombstone.blockedAt());
        });
  }

  private void writeTombstone(long userId, RelationshipTombstone tombstone, String kind, long at) {
    Map<Parted, Long> parted = data.parted.computeIfAbsent(userId, id -> new HashMap<>());
    Parted key = new Parted(tombstone.creatorId(), kind);
    if (tombstone.together()) {
      if (parted.getOrDefault(key, 0L) <= at) {
        parted.remove(key);
      }
    } else if (at > 0) {
      parted.merge(key, at, Math::max);
    }
  }

  @Override
  public CompletableFuture<Void> withdraw(long userId, Following following) {
    return step(() -> write(userId, following))
        .thenCompose(
            written ->
                step(
                    () -> {
                      dropFeed(userId);
                      data.warm.remove(userId);
                    }));
  }

  private void dropFeed(long userId) {
    data.feeds.remove(userId);
  }

  @Override
  public CompletableFuture<Void> confirm(long userId, long epoch) {
    return step(() -> dropFeed(userId))
        .thenCompose(
            dropped ->
                step(
                    () -> {
                      data.warm.put(userId, epoch);
                    }));
  }

  @Override
  public CompletableFuture<Integer> push(FeedPush push) {
    CompletableFuture<Integer> all = CompletableFuture.completedFuture(0);
    for (long userId : push.userIds()) {
      all = all.thenCompose(pushed -> step(() -> pushed + pushTo(userId, push)));
    }
    return all;
  }

  private int pushTo(long userId, FeedPush push) {
    List<FeedEntry> feed = data.feeds.getOrDefault(userId, List.of());
    if (feed.isEmpty()) {
      return 0;
    }
    feed.add(0, new FeedEntry(push.videoId(), push.creatorId()));
    if (feed.size() > settings.dropAbove()) {
      dropFeed(userId);
    }
    return 1;
  }

  @Override
  public CompletableFuture<Void> drop(long[] userIds) {
    CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
    for (long userId : userIds) {
      all = all.thenCompose(done -> step(() -> dropFeed(userId)));
    }
    return all;
  }

  @Override
  public CompletableFuture<Void> pull(long creatorId, long since) {
    return step(
        () -> {
          data.pulledCreators.put(creatorId, since);
        });
  }

  @Override
  public CompletableFuture<Void> release(long creatorId, long since) {
    return step(
        () -> {
          data.pulledCreators.remove(creatorId, since);
        });
  }
}
