package dev.upswell.redis.pipeline;

import static dev.upswell.redis.TestLists.ENTRY;
import static dev.upswell.redis.TestLists.KEYS;
import static dev.upswell.redis.TestLists.ids;
import static dev.upswell.redis.TestLists.pushTo;
import static io.lettuce.core.protocol.CommandType.RPUSH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.RedisUnavailableException;
import dev.upswell.redis.TestLists;
import dev.upswell.redis.TwoNodeCluster;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPipelineClusterIT {
  private static final int MANY = 1_024;

  private TwoNodeCluster cluster;
  private RedisConnection redis;
  private TestLists feeds;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    cluster = TwoNodeCluster.start(directory);
    redis = RedisConnection.open(RedisOptions.of(cluster.uri()));
    feeds = new TestLists(redis);
  }

  @AfterEach
  void stop() {
    redis.close();
    cluster.close();
  }

  private static int slot(long id) {
    return SlotHash.getSlot(KEYS.of(id));
  }

  private static boolean isOfFirst(long id) {
    return slot(id) < SlotHash.SLOT_COUNT / 2;
  }

  @Test
  void keysAreRoutedAndRepliesKeepTheirOrder() {
    long[] ids = ids(MANY);
    feeds.fill(ids, id -> id % 5);
    BitSet even = new BitSet();
    for (int i = 0; i < MANY; i += 2) {
      even.set(i);
    }

    long[] answers =
        redis
            .send(KeyPipeline.pushIfPresent(KEYS, ids, ENTRY, even, Duration.ofMinutes(10)))
            .join();

    assertThat(answers)
        .containsExactly(LongStream.of(ids).map(id -> id % 5 == 0 ? 0 : id % 5 + 1).toArray());
    long[] ttl = feeds.ttl(ids);
    for (int i = 0; i < MANY; i++) {
      assertThat(ttl[i] > 0).isEqualTo(even.get(i) && ids[i] % 5 != 0);
    }
    assertThat(cluster.first().commands().dbsize()).isBetween(300L, 520L);
    assertThat(cluster.second().commands().dbsize()).isBetween(300L, 520L);
  }

  @Test
  void pipelinesOfBothKindsKeepTheirOrder() {
    long[] ids = ids(64);
    for (int round = 0; round < 50; round++) {
      Pipeline single = new Pipeline();
      for (long id : ids) {
        single.integer(RPUSH, Pipeline.args().addKey(KEYS.of(id)).addValue(ENTRY));
      }
      CompletableFuture<Void> pushed = redis.send(single);
      CompletableFuture<long[]> deleted = redis.send(KeyPipeline.delete(KEYS, ids));
      pushed.join();
      assertThat(deleted.join()).containsOnly(1);
    }
  }

  @Test
  void movedSlotFailsOnceAndIsFoundOnRetry() {
    long moved =
        LongStream.of(ids(MANY)).filter(KeyPipelineClusterIT::isOfFirst).findFirst().orElse(0);
    long[] ids = LongStream.concat(LongStream.of(moved), LongStream.range(2_000, 2_010)).toArray();
    assertThat(redis.send(pushTo(ids)).join()).containsOnly(0);
    cluster.moveToSecond(slot(moved));
    try (RedisConnection other = RedisConnection.open(RedisOptions.of(cluster.uri()))) {
      new TestLists(other).fill(ids, id -> 1);
    }

    assertThatThrownBy(() -> redis.send(pushTo(ids)).join())
        .hasCauseInstanceOf(RedisUnavailableException.class)
        .hasMessageContaining("Redis rejected LPUSHX feed:{%d}: MOVED".formatted(moved));
    await()
        .atMost(Duration.ofSeconds(10)) // Less than the map's own period of 30 s.
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(redis.send(pushTo(moved)).join()).containsExactly(2));
  }

  @Test
  void lostNodeFailsThePipeline() {
    redis.send(pushTo(ids(MANY))).join();
    cluster.second().process().kill();
    long[] ofFirst = LongStream.of(ids(MANY)).filter(KeyPipelineClusterIT::isOfFirst).toArray();

    assertThatThrownBy(() -> redis.send(pushTo(ids(MANY))).join())
        .hasCauseInstanceOf(RedisUnavailableException.class);
    assertThat(redis.send(pushTo(ofFirst)).join()).containsOnly(0);
  }
}
