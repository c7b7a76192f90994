package dev.upswell.benchmarks.feed;

import dev.upswell.benchmarks.process.KeepAliveClient;
import java.io.IOException;
import java.util.List;

/** Reads the first page of users with many followees, computed on each request. */
final class WideWork implements Work {
  private static final String COMPUTED = "\"source\":\"computed\"";
  private static final String WHOLE = "\"degraded\":[]";

  private final KeepAliveClient client;
  private final List<Long> users;
  private int next;
  private long degraded;

  WideWork(KeepAliveClient client, List<Long> users) {
    this.client = client;
    this.users = List.copyOf(users);
  }

  @Override
  public void prepare() {
    next = (next + 1) % users.size();
  }

  @Override
  public void request() throws IOException {
    String path = "/v1/users/" + users.get(next) + "/feed?limit=20&refresh=true";
    KeepAliveClient.Answer answer = client.get(path);
    if (answer.status() != 200 || !answer.body().contains(COMPUTED)) {
      throw new IOException(path + ": " + answer + " (expected: status 200 with " + COMPUTED + ")");
    }
    degraded += answer.body().contains(WHOLE) ? 0 : 1;
  }

  /** Returns the number of degraded responses. */
  long degraded() {
    return degraded;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
