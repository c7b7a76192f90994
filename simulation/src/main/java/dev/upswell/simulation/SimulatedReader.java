package dev.upswell.simulation;

import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.page.FeedClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** An instance of the API: a reader with its own caches. */
final class SimulatedReader implements Executor {
  /** Feeds of all users there are. */
  private static final long KNOWN_BYTES = 1 << 20;

  private final StepScheduler steps;
  private final FeedReader reader;
  private int reads;

  SimulatedReader(
      StepScheduler steps,
      SimulatedStore store,
      FeedOptions settings,
      LongSupplier builders,
      LongSupplier clock,
      Set<OrderingRule> broken) {
    this.steps = steps;
    FeedClock time =
        new FeedClock() {
          @Override
          public long millis() {
            return clock.getAsLong();
          }

          @Override
          public long nanos() {
            return 1_000_000 * clock.getAsLong();
          }
        };
    this.reader =
        new FeedReader(
            BrokenReads.of(store.reads(this), broken),
            settings,
            builders,
            time,
            new FeedReadOptions(
                Duration.ofDays(1), Duration.ZERO, KNOWN_BYTES, Duration.ofDays(1)));
  }

  /** A cancelled read runs no further steps. */
  @Override
  public void execute(Runnable step) {
    int now = reads;
    steps.execute(
        () -> {
          if (now == reads) {
            step.run();
          }
        });
  }

  CompletableFuture<FeedPage> read(FeedRequest request) {
    return reader
        .cached(request)
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> reader.read(request));
  }

  /** The time of all reads is over, wherever they are. */
  void timeOut() {
    reads++;
  }
}
