package dev.upswell.fanout;

import static dev.upswell.testing.TestKafka.TOPICS;

import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.redis.RedisFeedStoreReader;
import dev.upswell.processes.RedisProcess.Persistence;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.testing.JobSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Runs the job with its topics, and reads the feeds that it writes. */
final class FanoutSystem extends JobSystem {
  static final FeedOptions FEEDS = FeedOptions.DEFAULT;

  private final FeedReader reader;

  FanoutSystem(Path dir) {
    super(
        dir,
        Persistence.APPEND_ONLY,
        "--checkpoints.interval",
        "500ms",
        "--redis.reply-timeout",
        "2s");
    kafka.createTopics(
        3,
        TOPICS.videos(),
        TOPICS.follows(),
        TOPICS.sessions(),
        TOPICS.control(),
        TOPICS.feedDeliveries(),
        TOPICS.deadLetters());
    reader =
        new FeedReader(
            new RedisFeedStoreReader(redis.connection, FEEDS),
            FEEDS,
            () -> ThreadLocalRandom.current().nextLong(),
            FeedClock.SYSTEM,
            new FeedReadOptions(Duration.ofSeconds(5), Duration.ZERO, 1 << 20, Duration.ZERO));
  }

  void startJob(String... more) {
    String[] args = arguments(more).toArray(String[]::new);
    FanoutOptions options = FanoutOptions.from(FanoutOptions.options().read(args, Map.of()));
    start(
        "fanout",
        JobEnvironment.configuration(options.job()),
        env -> FanoutJob.define(env, options));
  }

  FeedPage page(long user, int limit) {
    return read(FeedRequest.first(user, limit));
  }

  /** Returns the videos of all pages of a feed. */
  List<Long> walk(long user) {
    List<Long> ids = new ArrayList<>();
    OptionalLong below = OptionalLong.of(Long.MAX_VALUE);
    while (below.isPresent()) {
      FeedPage page = read(new FeedRequest(user, 20, below.getAsLong(), false));
      page.entries().forEach(entry -> ids.add(entry.videoId()));
      below = page.next();
    }
    return ids;
  }

  private FeedPage read(FeedRequest request) {
    return reader.read(request).orTimeout(5, TimeUnit.SECONDS).join();
  }
}
