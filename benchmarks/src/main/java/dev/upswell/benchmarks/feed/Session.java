package dev.upswell.benchmarks.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.benchmarks.process.KeepAliveClient;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The servers under measurement and the clients that measure them. Not thread-safe. */
final class Session implements AutoCloseable {
  private final ApiProcess api;
  private final RedisProcess server;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  private Session(RedisProcess server, ApiProcess api, RedisClient client) {
    this.server = server;
    this.api = api;
    this.client = client;
    this.connection = client.connect(ByteArrayCodec.INSTANCE);
  }

  static Session open(RedisProcess server, ApiProcess api) {
    return new Session(server, api, RedisClient.create(server.uri()));
  }

  /**
   * Reads every feed once, which warms it, and copies its list for clients that read lists.
   *
   * @throws IOException unless each is full
   */
  void buildFeeds() throws IOException {
    RedisCommands<byte[], byte[]> redis = connection.sync();
    try (FeedWork reader =
        new FeedWork(KeepAliveClient.connect(api.port()), redis, users(0, 1), FeedWork.Feed.COLD)) {
      for (int user = 0; user < FeedData.USERS; user++) {
        reader.prepare();
        reader.request();
      }
    }
    for (long user : users(0, 1)) {
      long entries = redis.llen(RedisKeys.feed(user));
      if (entries != FeedData.ENTRIES) {
        throw new IOException(
            "feed of %d: %d entries (expected: %d)".formatted(user, entries, FeedData.ENTRIES));
      }
      redis.copy(RedisKeys.feed(user), copyOf(user));
    }
  }

  /** Lets the API compile the code of the scenarios, which takes longer than any warm-up. */
  void warmUp(Duration duration) throws IOException {
    for (FeedWork.Feed feed : FeedWork.Feed.values()) {
      try (Contender clients = feeds(feed, 8)) {
        clients.warmUp(duration.dividedBy(2));
      }
    }
    buildFeeds();
  }

  /** Returns clients that read feeds, each of its own users. */
  Contender feeds(FeedWork.Feed feed, int clients) throws IOException {
    List<Work> work = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      KeepAliveClient http = KeepAliveClient.connect(api.port());
      work.add(new FeedWork(http, connection.sync(), users(i, clients), feed));
    }
    return contender(work);
  }

  /** Clients that read lists. */
  Contender lists(int clients) {
    List<Work> work = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      List<byte[]> keys = users(i, clients).stream().map(Session::copyOf).toList();
      work.add(new ListWork(connection.sync(), keys));
    }
    return contender(work);
  }

  /** Returns clients that request empty responses. */
  Contender health(int clients) throws IOException {
    List<Work> work = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      work.add(new HealthWork(KeepAliveClient.connect(api.port())));
    }
    return contender(work);
  }

  /** Returns a contender with the processor time of these servers. */
  Contender contender(List<? extends Work> clients) {
    return new Contender(clients, api.pid(), server.pid());
  }

  /** Returns a client that reads pages of users with a number of followees. */
  WideWork wide(int followees) throws IOException {
    return new WideWork(KeepAliveClient.connect(api.port()), FeedData.usersOf(followees));
  }

  /** Returns a client that reads the data of those pages. */
  OutboxWork outboxes(int followees) {
    List<long[]> all =
        FeedData.usersOf(followees).stream()
            .map(user -> connection.sync().get(RedisKeys.following(user)))
            .map(bytes -> Following.fromBytes(bytes).followees())
            .toList();
    return new OutboxWork(client.connect(ByteArrayCodec.INSTANCE), all, FeedData.DEPTH);
  }

  /** Every so-manieth user, from an index on. */
  private static List<Long> users(int first, int step) {
    return IntStream.iterate(first, index -> index < FeedData.USERS, index -> index + step)
        .mapToObj(FeedData::user)
        .toList();
  }

  private static byte[] copyOf(long user) {
    return ("copy:{" + user + "}").getBytes(US_ASCII);
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
