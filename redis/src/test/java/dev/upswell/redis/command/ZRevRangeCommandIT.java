package dev.upswell.redis.command;

import static io.lettuce.core.protocol.CommandType.ZADD;
import static io.lettuce.core.protocol.CommandType.ZRANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.redis.ChoppingProxy;
import dev.upswell.redis.LocalRedis;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.TestLists;
import dev.upswell.redis.TwoNodeCluster;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZRevRangeCommandIT {
  private static final IdKeyFormat KEYS = new IdKeyFormat("members:{", "}");
  private static final int MANY = 500;

  @AutoClose private static LocalRedis local;
  private static RedisConnection redis;

  @BeforeAll
  static void start(@TempDir Path dir) {
    local = LocalRedis.start(dir);
    redis = local.connection;
  }

  @BeforeEach
  void clear() {
    new TestLists(redis).clear();
  }

  /** Gives each key the members from 1 to its id modulo 13. */
  private static void fill(RedisConnection redis) {
    Pipeline batch = new Pipeline();
    for (long id = 1; id <= MANY; id++) {
      for (long member = 1; member <= id % 13; member++) {
        add(batch, id, ByteBuffer.allocate(Long.BYTES).putLong(member).array(), member);
      }
    }
    redis.send(batch).join();
  }

  private static void add(Pipeline batch, long id, byte[] member, long score) {
    batch.integer(ZADD, Pipeline.args().addKey(KEYS.of(id)).add(score).addValue(member));
  }

  private static void verify(RedisConnection redis) {
    Pipeline batch = new Pipeline();
    List<RedisReply<long[]>> replies = new ArrayList<>();
    for (long id = 1; id <= MANY; id++) {
      replies.add(batch.highest(KEYS, id, (int) id % 3, 12));
    }
    redis.send(batch).join();
    for (long id = 1; id <= MANY; id++) {
      long highest = id % 13 - id % 3;
      assertThat(replies.get((int) id - 1).get())
          .as("of %d", id)
          .containsExactly(
              LongStream.rangeClosed(1, Math.max(0, highest)).map(m -> highest + 1 - m).toArray());
    }
  }

  @Test
  void highestMembersAreReadFromARank() {
    fill(redis);
    verify(redis);
  }

  @Test
  void repliesMayArriveInAnyPieces() throws IOException {
    fill(redis);
    try (ChoppingProxy proxy = ChoppingProxy.before(local.server.port());
        RedisConnection chopped = RedisConnection.open(RedisOptions.of(proxy.uri()))) {
      verify(chopped);
    }
  }

  @Test
  void clusterNodesReceiveTheirOwnKeys(@TempDir Path directory) throws IOException {
    try (TwoNodeCluster cluster = TwoNodeCluster.start(directory);
        RedisConnection connection = RedisConnection.open(RedisOptions.of(cluster.uri()))) {
      fill(connection);
      verify(connection);
    }
  }

  @Test
  void shortMembersAreRejected() {
    Pipeline written = new Pipeline();
    add(written, 1, ByteBuffer.allocate(Long.BYTES + 1).putLong(7).put((byte) 9).array(), 1);
    add(written, 2, new byte[] {1, 2, 3}, 1);
    redis.send(written).join();

    Pipeline batch = new Pipeline();
    RedisReply<long[]> longer = batch.highest(KEYS, 1, 0, 5);
    RedisReply<long[]> shorter = batch.highest(KEYS, 2, 0, 5);
    RedisReply<long[]> behind =
        batch.longs(ZRANGE, Pipeline.args().addKey(KEYS.of(1)).add(0).add(-1));
    assertThatThrownBy(() -> redis.send(batch).join())
        .hasMessageContaining("member: 3 bytes (expected: 8 or more)");
    assertThat(longer.get()).containsExactly(7);
    assertThatThrownBy(shorter::get).hasMessageContaining("member: 3 bytes");
    assertThat(behind.get()).containsExactly(7);
  }

  @Test
  void wrongTypeIsRejectedAndOthersReply() {
    fill(redis);
    Pipeline written = new Pipeline();
    written.set(KEYS.of(MANY + 1), TestLists.ENTRY);
    redis.send(written).join();

    Pipeline batch = new Pipeline();
    RedisReply<long[]> before = batch.highest(KEYS, 2, 0, 5);
    RedisReply<long[]> wrong = batch.highest(KEYS, MANY + 1, 0, 5);
    RedisReply<long[]> missing = batch.highest(KEYS, MANY + 2, 0, 5);
    assertThatThrownBy(() -> redis.send(batch).join())
        .hasMessageContaining("Redis rejected ZREVRANGE: WRONGTYPE");
    assertThat(before.get()).containsExactly(2, 1);
    assertThatThrownBy(wrong::get).hasMessageContaining("WRONGTYPE");
    assertThat(missing.get()).isEmpty();
  }

  @Test
  void nonPositiveIdsAreRejected() {
    assertThatThrownBy(() -> new Pipeline().highest(KEYS, 0, 0, 5))
        .hasMessage("id: 0 (expected: a positive 63-bit integer)");
  }
}
