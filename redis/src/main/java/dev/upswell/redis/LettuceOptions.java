package dev.upswell.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import java.time.Duration;

/** Options of Lettuce's connections. */
final class LettuceOptions {
  private LettuceOptions() {}

  /** Returns the options for a single server or a Sentinel group. */
  static ClientOptions single(RedisOptions settings) {
    return set(ClientOptions.builder(), settings).build();
  }

  /** Returns the options for the nodes of a cluster. */
  static ClusterClientOptions cluster(RedisOptions settings) {
    return set(ClusterClientOptions.builder(), settings)
        .topologyRefreshOptions( // Adaptive refresh, after MOVED and the like, is on anyway.
            ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(Duration.ofSeconds(30))
                .build())
        .build();
  }

  private static <B extends ClientOptions.Builder> B set(B builder, RedisOptions settings) {
    builder
        .autoReconnect(true)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        // Lettuce replays nothing, because the caller retries in its own order.
        .replayFilter(command -> true)
        .requestQueueSize(settings.maxInFlight())
        // No index by command, because no command is removed from the middle of the queue.
        .useHashIndexQueue(false)
        // Lettuce's own, on by default, sets a timer for each command, which keeps the command with
        // all that it carries until the time is over, answered or not; batches have a limit anyway.
        .timeoutOptions(TimeoutOptions.create())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(true)
                .tcpNoDelay(true)
                .build());
    return builder;
  }
}
