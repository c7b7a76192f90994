package dev.upswell.benchmarks.serving;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads whole lists with a bare Lettuce, a number of them per write, and drops them. */
final class PipelinedLists {
  private static final int DEPTH = 16;
  private static final Duration MOST = Duration.ofSeconds(10);
  private static final double NANOS_A_SECOND = 1e9;

  private PipelinedLists() {}

  /** Lists a second. */
  static double perSecond(StatefulRedisConnection<byte[], byte[]> redis, int users, Duration time)
      throws IOException {
    redis.setAutoFlushCommands(false);
    long begun = System.nanoTime();
    long read = 0;
    while (System.nanoTime() - begun < time.toNanos()) {
      List<RedisFuture<List<byte[]>>> replies = new ArrayList<>(DEPTH);
      for (int i = 0; i < DEPTH; i++) {
        int user = (int) ((read + i) * 7_919 % users);
        replies.add(redis.async().lrange(ServingUsers.feedKey(user), 0, -1));
      }
      redis.flushCommands();
      if (!LettuceFutures.awaitAll(MOST, replies.toArray(new RedisFuture<?>[0]))) {
        throw new IOException("LRANGE: no reply within " + MOST);
      }
      read += DEPTH;
    }
    redis.setAutoFlushCommands(true);
    return read * NANOS_A_SECOND / (System.nanoTime() - begun);
  }
}
