package dev.upswell.benchmarks.feed;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.process.ApiWithoutKafka;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.RedisProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reading feeds through the API, beside reading the same lists from Redis. */
public final class FeedReadBenchmark implements Benchmark {
  /** The next request must miss a deleted list. */
  private static final String ASK_EACH_TIME = "--feed.invalidation-max-lag=0s";

  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration QUICK_WARM_UP = Duration.ofSeconds(4);

  /** A benchmark for {@code ./bench}. */
  public FeedReadBenchmark() {}

  @Override
  public String name() {
    return "feed-read";
  }

  @Override
  public String description() {
    return "a page of a feed over HTTP, warm and cold, beside a bare LRANGE of the same list";
  }

  @Override
  public List<Row> run(Settings settings) {
    List<Row> rows = new ArrayList<>();
    try (RedisProcess redis = RedisProcess.start(settings.directory())) {
      settings.progress(FeedData.fill(redis.uri()) + " videos in Redis");
      try (ApiProcess api =
              ApiWithoutKafka.start(settings.directory(), redis.uri(), ASK_EACH_TIME);
          Session session = Session.open(redis, api)) {
        rows.add(
            Row.of("API, start to ready", "s", Samples.of(api.startTime().toMillis() / 1_000.0))
                .to(Goal.atMost(3)));
        session.buildFeeds();
        settings.progress("warm-up");
        session.warmUp(settings.quick() ? QUICK_WARM_UP : WARM_UP);
        for (FeedWork.Feed feed : FeedWork.Feed.values()) {
          for (int clients : List.of(1, 8)) {
            rows.addAll(new Scenario(feed, clients).run(settings, session));
          }
        }
        for (int followees : FeedData.WIDE) {
          rows.addAll(new WideScenario(followees).run(settings, session));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
