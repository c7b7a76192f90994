package dev.upswell.local.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Measures the time from publishing a video until a follower sees it. It polls the feed of one
 * follower, one video at a time. Thread-safe.
 */
public final class DeliverySampler {
  private static final int PAGE = 50;
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);
  private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final FeedClient client;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Recorder lags = new Recorder(GIVE_UP_AFTER.toMillis(), 3);

  /** Reads with the client. */
  public DeliverySampler(FeedClient client) {
    this.client = client;
  }

  /** Returns whether a video may be shown now. */
  public boolean isFree() {
    return !busy.get();
  }

  /** Follows a video that was published just now, unless another one is being followed. */
  public void offer(long videoId, long followerId) {
    if (busy.compareAndSet(false, true)) {
      look(videoId, followerId, System.nanoTime());
    }
  }

  /**
   * Returns milliseconds from publishing to the first page with the video, since the last call.
   * Videos that did not appear within 60 s count as 60 s.
   */
  public Histogram takeLags() {
    return lags.getIntervalHistogram();
  }

  private void look(long videoId, long followerId, long published) {
    var unused =
        client
            .page(followerId, PAGE, Optional.empty())
            .whenComplete(
                (page, failure) -> {
                  long lag = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - published);
                  boolean seen = failure == null && page.shows(videoId);
                  if (seen || lag >= GIVE_UP_AFTER.toMillis()) {
                    lags.recordValue(Math.min(lag, GIVE_UP_AFTER.toMillis()));
                    busy.set(false);
                  } else {
                    SOON.execute(() -> look(videoId, followerId, published));
                  }
                });
  }
}
