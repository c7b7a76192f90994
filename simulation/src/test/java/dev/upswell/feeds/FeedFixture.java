package dev.upswell.feeds;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.video.Outbox;
import dev.upswell.feeds.video.OutboxChange;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.simulation.memory.FeedModel;
import dev.upswell.simulation.memory.MemoryFeedStore;
import dev.upswell.simulation.memory.MemoryOutbox;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** One viewer, some creators, a job without delays, and the model of the expected feed. */
public final class FeedFixture {
  static final long USER = 1;
  public static final FeedOptions SETTINGS =
      new FeedOptions(
          4,
          6,
          Duration.ofMinutes(1),
          Duration.ofDays(1),
          Duration.ofMinutes(30),
          Duration.ofSeconds(10));
  private static final long T0 = 1_780_000_000_000L;
  private static final FeedReadOptions READING =
      new FeedReadOptions(Duration.ofMillis(100), Duration.ZERO, 1 << 20, Duration.ZERO);

  final FeedOptions settings;
  final MemoryFeedStore store;
  final SteppingClock clock = new SteppingClock();
  final FeedReader reader;

  /** Names of the methods that the reader called. */
  final List<String> calls = new ArrayList<>();

  private final FeedModel model;
  private final Outbox outbox;
  private final Map<Long, VideoState> states = new HashMap<>();
  private final Map<Long, MemoryOutbox> outboxes = new HashMap<>();
  private final Set<Long> pulled = new HashSet<>();
  private int videos;
  private long builders;

  FeedFixture() {
    this(SETTINGS);
  }

  FeedFixture(FeedOptions settings) {
    this(settings, READING);
  }

  FeedFixture(FeedOptions settings, FeedReadOptions reading) {
    this.settings = settings;
    store = new MemoryFeedStore(settings);
    model = new FeedModel(settings.outboxEntries());
    outbox = new Outbox(settings.outboxEntries());
    reader = new FeedReader(counted(), settings, () -> ++builders, clock, reading);
  }

  /** Returns a reader of another instance, with its own caches. */
  FeedReader otherReader(FeedReadOptions reading) {
    return new FeedReader(store, settings, () -> ++builders, clock, reading);
  }

  /** The store, which records the requests of a page. */
  private FeedStoreReader counted() {
    return (FeedStoreReader)
        Proxy.newProxyInstance(
            FeedFixture.class.getClassLoader(),
            new Class<?>[] {FeedStoreReader.class},
            (proxy, method, arguments) -> {
              boolean renews = method.getName().equals("head") && (boolean) arguments[3];
              calls.add(method.getName() + (renews ? ", renewing" : ""));
              return method.invoke(store, arguments);
            });
  }

  static <T> T get(CompletableFuture<T> future) {
    // All steps of the store are done in the caller's thread.
    return future.join();
  }

  /** Writes the following. All audiences acknowledge it at once, unless the epoch is negative. */
  void follow(long epoch, long... creators) {
    model.followees(USER).forEach(creator -> follow(Follow.Type.UNFOLLOW, creator));
    LongStream.of(creators).forEach(creator -> follow(Follow.Type.FOLLOW, creator));
    get(store.follow(USER, new Following(epoch, creators)));
    if (epoch > 0) {
      get(store.confirm(USER, epoch));
    }
  }

  private void follow(Follow.Type type, long creator) {
    model.on(Follow.newBuilder().setType(type).setFollowerId(USER).setFolloweeId(creator).build());
  }

  void pull(long creator) {
    pulled.add(creator);
    get(store.pull(creator, T0));
  }

  /** Publishes a video, newer than all before, and pushes it unless its creator is pulled. */
  long publish(long creator) {
    Video video =
        Video.newBuilder()
            .setVideoId(VideoIds.at(T0 + videos / 3, 1 + videos))
            .setCreatorId(creator)
            .setType(Video.Type.PUBLISHED)
            .setAt(T0 + videos)
            .build();
    videos++;
    write(video);
    if (!pulled.contains(creator) && model.followees(USER).contains(creator)) {
      get(store.push(new FeedPush(video.getVideoId(), creator, new long[] {USER})));
    }
    return video.getVideoId();
  }

  /** Follows a creator with a number of videos. Returns their ids, newest first. */
  List<Long> publishAll(long creator, int count) {
    follow(5, creator);
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(0, publish(creator));
    }
    return ids;
  }

  private void write(Video record) {
    model.on(record);
    VideoState before = states.getOrDefault(record.getVideoId(), VideoState.UNKNOWN);
    states.put(record.getVideoId(), before.after(record));
    for (VideoChange video : VideoChange.of(before, record)) {
      MemoryOutbox state =
          outboxes.computeIfAbsent(video.creatorId(), creator -> new MemoryOutbox());
      long id = video.videoId();
      OutboxChange change =
          video.isListed()
              ? outbox.add(state, id, state.put(video))
              : outbox.remove(state, id, state.remove(id));
      get(store.write(new VideoWrite(video, change)));
    }
  }

  void remove(long creator, long videoId) {
    write(
        Video.newBuilder()
            .setVideoId(videoId)
            .setCreatorId(creator)
            .setType(Video.Type.REMOVED)
            .setAt(T0 + 10_000)
            .build());
  }

  void hide(long creator, long videoId) {
    write(
        Video.newBuilder()
            .setVideoId(videoId)
            .setCreatorId(creator)
            .setType(Video.Type.PUBLISHED)
            .setVisibility(Video.Visibility.PRIVATE)
            .setAt(T0 + 10_000)
            .build());
  }

  FeedPage first(int limit) {
    return get(reader.read(FeedRequest.first(USER, limit)));
  }

  FeedPage below(long videoId, int limit) {
    return get(reader.read(new FeedRequest(USER, limit, videoId, false)));
  }

  static List<Long> ids(FeedPage page) {
    return page.entries().stream().map(entry -> entry.videoId()).toList();
  }

  /** The whole feed page by page. */
  List<Long> all(int limit) {
    List<Long> all = new ArrayList<>();
    FeedPage page = first(limit);
    long below = Long.MAX_VALUE;
    all.addAll(ids(page));
    while (page.next().isPresent()) {
      long next = page.next().getAsLong();
      if (next >= below) {
        throw new AssertionError("a page that goes on at " + next + " came below " + below);
      }
      below = next;
      page = below(below, limit);
      all.addAll(ids(page));
    }
    return all;
  }

  /** Returns the expected result of {@link #all}. */
  List<Long> expected() {
    return model.feed(USER);
  }
}
