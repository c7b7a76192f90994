package dev.upswell.redis.pipeline;

import static dev.upswell.redis.TestLists.ENTRY;
import static dev.upswell.redis.TestLists.KEYS;
import static dev.upswell.redis.TestLists.ids;
import static dev.upswell.redis.TestLists.pushTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.redis.ChoppingProxy;
import dev.upswell.redis.LocalRedis;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.RedisUnavailableException;
import dev.upswell.redis.TestLists;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPipelineIT {
  private static final int MANY = 1_024;

  @AutoClose private static LocalRedis local;
  private static RedisConnection redis;
  private static TestLists feeds;

  @BeforeAll
  static void start(@TempDir Path dir) {
    local = LocalRedis.start(dir);
    redis = local.connection;
    feeds = new TestLists(redis);
  }

  @BeforeEach
  void clear() {
    feeds.clear();
  }

  /** The user id tells the length: so an answer in a wrong place shows. */
  private static long entries(long id) {
    return id % 7;
  }

  private static long afterPush(long id) {
    return entries(id) == 0 ? 0 : entries(id) + 1;
  }

  @Test
  void repliesAreListLengthsInKeyOrder() {
    long[] ids = ids(MANY);
    feeds.fill(ids, KeyPipelineIT::entries);
    long[] expected = LongStream.of(ids).map(KeyPipelineIT::afterPush).toArray();

    assertThat(redis.send(pushTo(ids)).join()).containsExactly(expected);
    assertThat(feeds.lengths(ids)).containsExactly(expected);
  }

  @Test
  void onlySelectedKeysRenewTheirTtl() {
    long[] ids = ids(MANY);
    feeds.fill(ids, KeyPipelineIT::entries);
    BitSet renewed = new BitSet();
    for (int i = 0; i < MANY; i += 3) {
      renewed.set(i);
    }

    long[] answers =
        redis
            .send(KeyPipeline.pushIfPresent(KEYS, ids, ENTRY, renewed, Duration.ofMinutes(10)))
            .join();

    assertThat(answers).containsExactly(LongStream.of(ids).map(KeyPipelineIT::afterPush).toArray());
    long[] ttl = feeds.ttl(ids);
    for (int i = 0; i < MANY; i++) {
      if (entries(ids[i]) == 0) {
        assertThat(ttl[i]).isEqualTo(-2);
      } else if (renewed.get(i)) {
        assertThat(ttl[i]).isBetween(590L, 600L);
      } else {
        assertThat(ttl[i]).isEqualTo(-1);
      }
    }
  }

  @Test
  void deleteReturnsWhetherTheKeyExisted() {
    long[] ids = ids(MANY);
    feeds.fill(ids, KeyPipelineIT::entries);

    assertThat(redis.send(KeyPipeline.delete(KEYS, ids)).join())
        .containsExactly(LongStream.of(ids).map(id -> entries(id) == 0 ? 0 : 1).toArray());
    assertThat(feeds.lengths(ids)).containsOnly(0);
  }

  @Test
  void nothingIsSentWithoutKeys() {
    assertThat(redis.send(pushTo()).join()).isEmpty();
  }

  @Test
  void concurrentPipelinesGetTheirOwnReplies() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        // Threads have their own keys and their own sizes of batches.
        long[] ids = LongStream.range(1, 100 + 37L * thread).map(id -> 2 * id).toArray();
        long own = thread;
        long[] keys = LongStream.of(ids).map(id -> id + own).toArray();
        feeds.fill(keys, KeyPipelineIT::entries);
        running.add(threads.submit(() -> pushAgainAndAgain(keys)));
      }
      running.add(threads.submit(KeyPipelineIT::singleCommandsAgainAndAgain));
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void pushAgainAndAgain(long[] ids) {
    List<CompletableFuture<long[]>> sent = new ArrayList<>();
    int rounds = 200;
    for (int i = 0; i < rounds; i++) {
      sent.add(redis.send(pushTo(ids)));
    }
    for (int i = 0; i < rounds; i++) {
      long pushed = i;
      assertThat(sent.get(i).join())
          .containsExactly(
              LongStream.of(ids)
                  .map(id -> entries(id) == 0 ? 0 : afterPush(id) + pushed)
                  .toArray());
    }
  }

  private static void singleCommandsAgainAndAgain() {
    long[] absent = LongStream.range(1_000_000, 1_000_010).toArray();
    for (int i = 0; i < 200; i++) {
      assertThat(feeds.ttl(absent)).containsOnly(-2);
    }
  }

  @Test
  void rejectedKeyIsReportedAndOthersAreWritten() {
    long[] ids = ids(20);
    feeds.fill(ids, id -> id == 7 ? 0 : 1);
    feeds.spoil(7);

    assertThatThrownBy(() -> redis.send(pushTo(ids)).join())
        .hasCauseInstanceOf(RedisUnavailableException.class)
        .hasMessageContaining("Redis rejected LPUSHX feed:{7}: WRONGTYPE")
        .hasMessageNotContaining("more");

    feeds.spoil(9);
    assertThatThrownBy(() -> redis.send(pushTo(ids)).join())
        .hasMessageContaining("LPUSHX feed:{7}: WRONGTYPE")
        .hasMessageEndingWith("(and 1 more)");

    long[] good = LongStream.of(ids).filter(id -> id != 7 && id != 9).toArray();
    long[] expected = new long[good.length];
    Arrays.fill(expected, 4);
    assertThat(redis.send(pushTo(good)).join()).containsExactly(expected);
  }

  @Test
  void repliesMayArriveInAnyPieces() throws IOException {
    long[] ids = ids(200);
    feeds.fill(ids, KeyPipelineIT::entries);
    feeds.spoil(7); // An error in the middle; 7 has no list.
    long[] good = LongStream.of(ids).filter(id -> id != 7).toArray();
    try (ChoppingProxy proxy = ChoppingProxy.before(local.server.port());
        RedisConnection chopped = RedisConnection.open(RedisOptions.of(proxy.uri()))) {
      for (int round = 1; round <= 5; round++) {
        CompletableFuture<long[]> all = chopped.send(pushTo(ids));
        CompletableFuture<long[]> most = chopped.send(pushTo(good));
        assertThatThrownBy(all::join).hasMessageContaining("feed:{7}: WRONGTYPE");
        long pushed = 2L * round;
        assertThat(most.join())
            .containsExactly(
                LongStream.of(good)
                    .map(id -> entries(id) == 0 ? 0 : entries(id) + pushed)
                    .toArray());
      }
    }
  }

  @Test
  void pipelinesAboveMaxInFlightFailImmediately() {
    RedisOptions few = inFlight(100);
    try (RedisConnection narrow = RedisConnection.open(few)) {
      for (int i = 0; i < 10; i++) {
        assertThat(narrow.send(pushTo(ids(100))).join()).containsOnly(0);
      }
      CompletableFuture<long[]> refused = narrow.send(pushTo(ids(101)));
      assertThat(refused).isCompletedExceptionally();
      assertThatThrownBy(refused::join)
          .hasCauseInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("pending replies: 101 (expected: at most 100)");
      assertThat(narrow.send(pushTo(ids(100))).join()).containsOnly(0);
    }
  }

  private static RedisOptions inFlight(int most) {
    RedisOptions usual = RedisOptions.of(local.server.uri());
    return new RedisOptions(usual.uri(), "", usual.connectTimeout(), usual.replyTimeout(), most);
  }

  @Test
  void sendingAfterCloseFails() {
    RedisConnection closed = RedisConnection.open(RedisOptions.of(local.server.uri()));
    closed.close();
    assertThatThrownBy(() -> closed.send(pushTo(1)).join())
        .hasCauseInstanceOf(RedisUnavailableException.class);
  }

  @Test
  void shortTtlAndInvalidIndexAreRejected() {
    BitSet first = BitSet.valueOf(new long[] {1});
    BitSet third = BitSet.valueOf(new long[] {4});
    assertThatThrownBy(
            () -> KeyPipeline.pushIfPresent(KEYS, ids(2), ENTRY, first, Duration.ofMillis(999)))
        .hasMessage("ttl: PT0.999S (expected: 1 s or more)");
    assertThatThrownBy(
            () -> KeyPipeline.pushIfPresent(KEYS, ids(2), ENTRY, third, Duration.ofSeconds(1)))
        .hasMessage("renewed: place 2 (expected: 0..1)");
    assertThatThrownBy(() -> pushTo(1, 0))
        .hasMessage("id: 0 (expected: a positive 63-bit integer)");
  }
}
