package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.VideoIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A walk down a feed while a hundred videos a second arrive on top of it. */
class CursorWalkIT {
  private static final long T0 = 1_780_000_000_000L;
  private static final int OLDER = 150;
  private static final int WALKS = 3;

  /** On a slow machine no more come in a walk, as an outbox keeps its newest 500. */
  private static final int NEWER = 100;

  private static final long USER = 1;
  private static final long CREATOR = 7;

  @Test
  void pagingReturnsEachOlderVideoExactlyOnce(@TempDir Path dir) throws Exception {
    try (TestApi api = TestApi.start(dir, "--rate-limit.user.per-second=0")) {
      List<String> older = new ArrayList<>();
      for (int i = 0; i < OLDER; i++) {
        api.feeds.publish(CREATOR, VideoIds.at(T0 + i, 0));
        older.add(0, Long.toString(VideoIds.at(T0 + i, 0)));
      }
      api.feeds.follow(USER, CREATOR);
      api.feeds.confirm(USER);
      ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
      AtomicInteger next = new AtomicInteger(OLDER);
      Semaphore arrivals = new Semaphore(0);
      try {
        api.client.walk(USER, 2);
        var publishing =
            publisher.scheduleAtFixedRate(
                () -> {
                  if (arrivals.tryAcquire()) {
                    push(api.feeds, VideoIds.at(T0 + next.getAndIncrement(), 0));
                  }
                },
                0,
                10,
                TimeUnit.MILLISECONDS);
        for (int i = 0; i < WALKS; i++) {
          int begun = next.get();
          arrivals.release(NEWER);
          List<String> seen = api.client.walk(USER, 2);
          assertThat(seen).doesNotHaveDuplicates().containsSubsequence(older);
          assertThat(next.get()).as("videos arrived meanwhile").isGreaterThan(begun);
        }
        assertThat(publishing.isDone()).as("publishing failed").isFalse();
      } finally {
        publisher.shutdownNow();
        assertThat(publisher.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static void push(TestFeeds feeds, long video) {
    feeds.publish(CREATOR, video);
    feeds.push(CREATOR, video, USER);
  }
}
