package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.feed.FeedData;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Concurrent pushes to feeds, evenly over time. */
final class Pushes implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(10);

  private final StatefulRedisConnection<byte[], byte[]> redis;
  private final int users;
  private final int perTick;

  /** First entry of each copied feed. Pushing it again costs the same as any push. */
  private final List<byte[]> entries = new ArrayList<>();

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong pushed = new AtomicLong();

  private Pushes(StatefulRedisConnection<byte[], byte[]> redis, int users, int perSecond) {
    this.redis = redis;
    this.users = users;
    this.perTick = (int) (perSecond * TICK.toMillis() / TimeUnit.SECONDS.toMillis(1));
    for (int base = 0; base < FeedData.USERS; base++) {
      entries.add(redis.sync().lindex(ServingUsers.feedKey(base), 0));
    }
  }

  /** Begins to push. */
  static Pushes begin(StatefulRedisConnection<byte[], byte[]> redis, int users, int perSecond) {
    Pushes pushes = new Pushes(redis, users, perSecond);
    var unused =
        pushes.clock.scheduleAtFixedRate(
            pushes::push, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    return pushes;
  }

  private void push() {
    long first = pushed.getAndAdd(perTick);
    for (int i = 0; i < perTick; i++) {
      int user = (int) ((first + i) % users);
      var unused =
          redis.async().lpushx(ServingUsers.feedKey(user), entries.get(user % FeedData.USERS));
    }
  }

  /** Returns the number of sent pushes. */
  long pushed() {
    return pushed.get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
