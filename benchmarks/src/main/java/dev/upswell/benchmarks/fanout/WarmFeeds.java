package dev.upswell.benchmarks.fanout;

import static io.lettuce.core.protocol.CommandType.MGET;
import static io.lettuce.core.protocol.CommandType.RPUSH;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Gives every user a warm feed.
 *
 * <p>The feeds are written as readers build them, without videos, because that many readers would
 * take longer than the measurement.
 */
final class WarmFeeds {
  private static final int AT_ONCE = 5_000;
  private static final long PAUSE_MILLIS = 500;
  private static final Duration MOST = Duration.ofMinutes(10);

  private final Population population;
  private final RedisConnection redis;

  WarmFeeds(Population population, RedisConnection redis) {
    this.population = population;
    this.redis = redis;
  }

  /** Sends the sessions and follows of all users. */
  void open(Events events) {
    long now = System.currentTimeMillis();
    // Sessions first, because a follower who is not active needs two writes instead of one.
    for (int user = 0; user < population.users(); user++) {
      events.open(Population.userId(user), now);
    }
    events.flush();
    for (int user = 0; user < population.users(); user++) {
      for (Creators creators : population.all()) {
        if (creators.isFollowedBy(user)) {
          events.follow(Population.userId(user), creators.followedBy(user), now);
        }
      }
    }
    events.flush();
  }

  /** Waits until all audiences acknowledged their members, so that feeds may be warm. */
  void awaitKeepable() {
    long begun = System.nanoTime();
    // Active users stay active, so no session is sent again.
    for (int from = 0; from < population.users(); from += AT_ONCE) {
      while (!areKeepable(from)) {
        if (System.nanoTime() - begun > MOST.toNanos()) {
          throw new IllegalStateException(
              "after %d s users from the %,dth on are not known to their audiences"
                  .formatted(MOST.toSeconds(), from));
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private boolean areKeepable(int from) {
    Pipeline batch = new Pipeline(AT_ONCE);
    List<RedisReply<List<byte[]>>> replies = new ArrayList<>();
    int to = Math.min(from + AT_ONCE, population.users());
    for (int i = from; i < to; i++) {
      long user = Population.userId(i);
      replies.add(
          batch.add(
              MGET,
              new ValueListOutput<>(ByteArrayCodec.INSTANCE),
              Pipeline.args().addKey(RedisKeys.following(user)).addKey(RedisKeys.warm(user))));
    }
    redis.send(batch).join();
    for (int i = from; i < to; i++) {
      if (!isKeepable(replies.get(i - from).get(), i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isKeepable(List<byte[]> values, int user) {
    byte[] following = values.get(0);
    byte[] warm = values.get(1);
    if (following == null || warm == null) {
      return false;
    }
    Following known = Following.fromBytes(following);
    return known.epoch() == ByteBuffer.wrap(warm).getLong()
        && known.followees().length == population.followeesOf(user);
  }

  /** Writes a feed without videos for each user. */
  void build() {
    for (int from = 0; from < population.users(); from += AT_ONCE) {
      Pipeline batch = new Pipeline(AT_ONCE);
      for (int i = from; i < Math.min(from + AT_ONCE, population.users()); i++) {
        batch.integer(
            RPUSH,
            Pipeline.args()
                .addKey(RedisKeys.feed(Population.userId(i)))
                .addValue(FeedEntry.END.toBytes()));
      }
      redis.send(batch).join();
    }
  }
}
