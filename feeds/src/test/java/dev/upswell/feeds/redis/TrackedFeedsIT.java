package dev.upswell.feeds.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.StoreChanges;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.testing.TestRedis;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads cached pages in two threads of a server, while a job writes to the same Redis. */
class TrackedFeedsIT {
  private static final long USER = 3;
  private static final long CREATOR = 11;
  private static final long EPOCH = 5;
  private static final long T0 = 1_780_000_000_000L;
  private static final Duration MOST = Duration.ofSeconds(20);
  private static final FeedOptions SETTINGS =
      new FeedOptions(
          100,
          100,
          Duration.ofDays(1),
          Duration.ofDays(30),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10));

  private final MultiThreadIoEventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<EventLoop> loops = new ArrayList<>();
  private final List<Long> ids = new ArrayList<>();
  private TestRedis redis;
  private RedisConnection api;
  private RedisFeedStoreWriter job;
  private RedisFeedStoreReader store;
  private FeedReader reader;

  @BeforeEach
  void start(@TempDir Path directory) {
    redis = TestRedis.start(directory);
    threads.forEach(loop -> loops.add((EventLoop) loop));
    api = RedisConnection.open(redis.settings(), loops);
    job = new RedisFeedStoreWriter(redis.connection, SETTINGS);
    store = RedisFeedStoreReader.tracking(api, SETTINGS);
    reader = reader(1 << 20);
    job.follow(USER, new Following(EPOCH, new long[] {CREATOR})).join();
    job.confirm(USER, EPOCH).join();
    for (int i = 1; i <= 8; i++) {
      publish(i);
    }
  }

  private FeedReader reader(long cacheBytes) {
    return new FeedReader(
        store,
        SETTINGS,
        () -> 1,
        FeedClock.SYSTEM,
        new FeedReadOptions(Duration.ofSeconds(5), Duration.ZERO, cacheBytes, MOST));
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
    redis.close();
    threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  private void publish(int number) {
    Video video =
        Video.newBuilder()
            .setVideoId(VideoIds.at(T0, number))
            .setCreatorId(CREATOR)
            .setType(Video.Type.PUBLISHED)
            .setAt(T0)
            .build();
    job.write(VideoWrite.of(video)).join();
    job.push(new FeedPush(video.getVideoId(), CREATOR, new long[] {USER})).join();
    ids.add(0, video.getVideoId());
  }

  private <T> T in(EventLoop loop, Callable<T> call) {
    return loop.submit(call).syncUninterruptibly().getNow();
  }

  private FeedPage read(EventLoop loop) {
    return in(loop, () -> reader.read(FeedRequest.first(USER, 5))).join();
  }

  private Optional<List<Long>> cached(EventLoop loop) {
    return in(loop, () -> reader.cached(FeedRequest.first(USER, 5)).map(TrackedFeedsIT::ids));
  }

  private static List<Long> ids(FeedPage page) {
    return page.entries().stream().map(FeedEntry::videoId).toList();
  }

  /** Reads in a thread until the page is cached. */
  private void awaitAtHand(EventLoop loop) {
    await()
        .atMost(MOST)
        .until(
            () -> {
              boolean is = cached(loop).isPresent();
              if (!is) {
                read(loop);
              }
              return is;
            });
  }

  private void awaitNotAtHand() {
    for (EventLoop loop : loops) {
      await().atMost(MOST).until(() -> cached(loop).isEmpty());
    }
  }

  @Test
  void feedReadInOneThreadIsCachedInBoth() {
    awaitAtHand(loops.get(0));
    assertThat(cached(loops.get(1))).contains(ids.subList(0, 5));
    assertThat(store.trackedIds()).as("a user and five videos").isEqualTo(6);
  }

  @Test
  void pushesInvalidateCachedFeeds() {
    awaitAtHand(loops.get(1));
    publish(9);

    awaitNotAtHand();
    assertThat(ids(read(loops.get(0)))).isEqualTo(ids.subList(0, 5));
    awaitAtHand(loops.get(0));
    assertThat(cached(loops.get(1))).contains(ids.subList(0, 5));
  }

  @Test
  void allKeysOfAPageAreTracked() {
    List<Runnable> changes =
        List.of(
            () -> job.drop(new long[] {USER}).join(),
            () -> job.writeTombstone(USER, parted()).join(),
            () -> job.follow(USER, new Following(EPOCH, new long[] {CREATOR})).join(),
            () -> job.confirm(USER, EPOCH).join(),
            () -> job.write(VideoWrite.of(removal(ids.get(2)))).join());
    for (Runnable change : changes) {
      Pipeline together = new Pipeline();
      together.del(RedisKeys.tombstones(USER));
      redis.send(together);
      awaitAtHand(loops.get(0));
      change.run();
      awaitNotAtHand();
    }
    assertThat(ids(read(loops.get(0)))).hasSize(5).doesNotContain(ids.get(2));
  }

  @Test
  void changedFollowingsAndVideosAreReported() {
    long shown = ids.get(2);
    Queue<String> changes = new ConcurrentLinkedQueue<>();
    store.onChange(
        new StoreChanges() {
          @Override
          public void videoChanged(long videoId) {
            changes.add("video " + videoId);
          }

          @Override
          public void followingChanged(long userId) {
            changes.add("following " + userId);
          }
        });
    List<Map.Entry<Runnable, String>> expected =
        List.of(
            Map.entry(() -> job.writeTombstone(USER, parted()).join(), "following " + USER),
            Map.entry(
                () -> job.follow(USER, new Following(EPOCH, new long[] {CREATOR})).join(),
                "following " + USER),
            Map.entry(() -> job.write(VideoWrite.of(removal(shown))).join(), "video " + shown));
    awaitAtHand(loops.get(0));
    for (Map.Entry<Runnable, String> change : expected) {
      // Also the first read of a list: its pages are not cached.
      job.drop(new long[] {USER}).join();
      read(loops.get(0));
      publish(ids.size() + 1);
      changes.clear();
      change.getKey().run();
      await().atMost(MOST).until(() -> changes.contains(change.getValue()));
      assertThat(changes).as("pushes are no change of a following").hasSize(1);
      Pipeline together = new Pipeline();
      together.del(RedisKeys.tombstones(USER));
      redis.send(together);
    }
  }

  private static RelationshipTombstone parted() {
    return new RelationshipTombstone(CREATOR, false, T0, 0, 0);
  }

  @Test
  void evictedFeedsAreNoLongerTracked() {
    reader = reader(0);
    for (int i = 0; i < 4; i++) {
      read(loops.get(0));
    }

    assertThat(cached(loops.get(0))).isEmpty();
    assertThat(store.trackedIds()).as("five videos").isEqualTo(5);
  }

  @Test
  void lostConnectionsInvalidateTheirPages() {
    awaitAtHand(loops.get(0));
    redis.server.close();

    awaitNotAtHand();
  }

  private static Video removal(long videoId) {
    return Video.newBuilder()
        .setVideoId(videoId)
        .setCreatorId(CREATOR)
        .setType(Video.Type.REMOVED)
        .setAt(T0 + 1)
        .build();
  }
}
