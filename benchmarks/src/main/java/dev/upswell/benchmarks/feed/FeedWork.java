package dev.upswell.benchmarks.feed;

import dev.upswell.benchmarks.process.KeepAliveClient;
import dev.upswell.contract.redis.RedisKeys;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.util.List;

/** Reads the first page of feeds over HTTP, user by user. */
final class FeedWork implements Work {
  /** Kind of feed. */
  enum Feed {
    /** A warm feed. */
    WARM("\"source\":\"warm\""),
    /** A feed that has to be built: its list is deleted before each request. */
    COLD("\"source\":\"computed\"");

    private final String mark;

    Feed(String mark) {
      this.mark = mark;
    }
  }

  private final KeepAliveClient client;
  private final RedisCommands<byte[], byte[]> redis;
  private final List<Long> users;
  private final Feed feed;
  private int next;

  /**
   * Creates a client.
   *
   * @param redis connection for deleting lists
   * @param users users of this client alone, because another client would delete their lists
   */
  FeedWork(
      KeepAliveClient client, RedisCommands<byte[], byte[]> redis, List<Long> users, Feed feed) {
    this.client = client;
    this.redis = redis;
    this.users = List.copyOf(users);
    this.feed = feed;
  }

  @Override
  public void prepare() {
    next = (next + 1) % users.size();
    if (feed == Feed.COLD) {
      redis.del(RedisKeys.feed(users.get(next)));
    }
  }

  @Override
  public void request() throws IOException {
    String path = "/v1/users/" + users.get(next) + "/feed?limit=20";
    KeepAliveClient.Answer answer = client.get(path);
    if (answer.status() != 200 || !answer.body().contains(feed.mark)) {
      throw new IOException(
          path + ": " + answer + " (expected: status 200 with " + feed.mark + ")");
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
