package dev.upswell.fanout;

import static io.lettuce.core.protocol.CommandType.LRANGE;
import static io.lettuce.core.protocol.CommandType.MGET;
import static io.lettuce.core.protocol.CommandType.RPUSH;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * Followers of one creator, 1 to a number: in the app, and with a feed.
 *
 * <p>Their feeds are put there as readers would have built them, because so many readers would take
 * longer than all else.
 */
final class LargeAudience {
  private static final int AT_ONCE = 5_000;

  private final FanoutSystem system;
  private final long creator;
  private final long size;

  LargeAudience(FanoutSystem system, long creator, long size) {
    this.system = system;
    this.creator = creator;
    this.size = size;
  }

  /** Says that all follow and are there. */
  void open(long now) {
    for (long from = 1; from <= size; from += AT_ONCE) {
      List<Follow> follows = new ArrayList<>();
      List<Session> sessions = new ArrayList<>();
      for (long user : users(from, AT_ONCE)) {
        follows.add(FanoutEvents.follow(user, creator, Follow.Type.FOLLOW, now));
        sessions.add(FanoutEvents.session(user, now));
      }
      system.kafka.send(EventType.FOLLOWS, follows);
      system.kafka.send(EventType.SESSIONS, sessions);
    }
  }

  private long[] users(long from, int count) {
    return LongStream.range(from, Math.min(from + count, size + 1)).toArray();
  }

  /** Whether feeds of all of them may be kept. */
  boolean isWarmable() {
    for (long from = 1; from <= size; from += AT_ONCE) {
      Pipeline batch = new Pipeline();
      List<RedisReply<List<byte[]>>> keys = new ArrayList<>();
      for (long user : users(from, AT_ONCE)) {
        keys.add(
            batch.add(
                MGET,
                new ValueListOutput<>(ByteArrayCodec.INSTANCE),
                Pipeline.args().addKey(RedisKeys.following(user)).addKey(RedisKeys.warm(user))));
      }
      system.redis.send(batch);
      if (!keys.stream().allMatch(LargeAudience::isWarmable)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWarmable(RedisReply<List<byte[]>> keys) {
    byte[] following = keys.get().get(0);
    byte[] warm = keys.get().get(1);
    return following != null
        && warm != null
        && ByteBuffer.wrap(following).getLong() == ByteBuffer.wrap(warm).getLong();
  }

  /** Gives each a feed without videos, of which there are none. */
  void build() {
    for (long from = 1; from <= size; from += AT_ONCE) {
      Pipeline batch = new Pipeline();
      for (long user : users(from, AT_ONCE)) {
        batch.integer(
            RPUSH, Pipeline.args().addKey(RedisKeys.feed(user)).addValue(FeedEntry.END.toBytes()));
      }
      system.redis.send(batch);
    }
  }

  /** Returns the number of feeds with a video. */
  long having(long videoId) {
    return count(1, list -> list == videoId);
  }

  /** The share of one in so many that have a video. */
  double share(long videoId, int oneIn) {
    return count(oneIn, id -> id == videoId) / Math.ceil(size / (double) oneIn);
  }

  private long count(int step, LongPredicate wanted) {
    long found = 0;
    for (long from = 1; from <= size; from += (long) AT_ONCE * step) {
      Pipeline batch = new Pipeline();
      List<RedisReply<List<byte[]>>> lists = new ArrayList<>();
      for (long user = from;
          user <= Math.min(size, from + (long) AT_ONCE * step - 1);
          user += step) {
        lists.add(
            batch.add(
                LRANGE,
                new ValueListOutput<>(ByteArrayCodec.INSTANCE),
                Pipeline.args().addKey(RedisKeys.feed(user)).add(0).add(-1)));
      }
      system.redis.send(batch);
      for (RedisReply<List<byte[]>> list : lists) {
        FeedList entries = new FeedList(4);
        list.get().stream()
            .map(FeedEntry::fromBytes)
            .forEach(entry -> entries.add(entry.videoId(), entry.creatorId()));
        boolean has = false;
        for (int i = 0; i < entries.size(); i++) {
          has |= wanted.test(entries.videoId(i));
        }
        found += has ? 1 : 0;
      }
    }
    return found;
  }
}
