package dev.upswell.benchmarks.feed;

import dev.upswell.benchmarks.process.KeepAliveClient;
import java.io.IOException;

/** Requests an empty response, for the cost of HTTP alone. */
record HealthWork(KeepAliveClient client) implements Work {
  @Override
  public void request() throws IOException {
    KeepAliveClient.Answer answer = client.get("/health/live");
    if (answer.status() != 200) {
      throw new IOException("/health/live: " + answer + " (expected: status 200)");
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
