package dev.upswell.benchmarks.fanout;

import dev.upswell.benchmarks.push.Commands;
import dev.upswell.benchmarks.push.SocketClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The limit: the same commands to the same lists as redis-benchmark would send them, with eight
 * connections of 64 pushes under way each, encoded before. In the order of the ids, which is also
 * that of the lists in memory: Redis has the least to fetch.
 */
final class SocketClients implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final int AT_ONCE = 64;

  private final List<SocketClient> clients = new ArrayList<>();
  private final int blocks;

  SocketClients(int port, long[] userIds) {
    blocks = userIds.length / AT_ONCE / CLIENTS;
    for (int client = 0; client < CLIENTS; client++) {
      long[][] own = new long[blocks][];
      for (int i = 0; i < blocks; i++) {
        int from = (i * CLIENTS + client) * AT_ONCE;
        own[i] = Arrays.copyOfRange(userIds, from, from + AT_ONCE);
      }
      clients.add(new SocketClient(port, own, Commands.EXPIRE_ONE_IN_8));
    }
  }

  /** Pushes to at least a number of lists, and returns the pushes per second. */
  double perSecond(long pushes) {
    long begun = System.nanoTime();
    clients.forEach(client -> client.send(0));
    long sent = (long) CLIENTS * AT_ONCE;
    for (int next = 1; sent < pushes; next++) {
      for (SocketClient client : clients) {
        client.awaitOldest();
        client.send(next % blocks);
      }
      sent += (long) CLIENTS * AT_ONCE;
    }
    clients.forEach(SocketClient::awaitOldest);
    return sent * 1e9 / (System.nanoTime() - begun);
  }

  @Override
  public void close() {
    clients.forEach(SocketClient::close);
  }
}
