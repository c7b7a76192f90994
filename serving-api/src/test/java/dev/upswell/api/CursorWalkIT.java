package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.redis.RedisFeedStore;
import dev.upswell.feeds.store.FeedPush;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    try (TestApi api = TestApi.start(dir, Map.of(), "--rate-limit.user.per-second=0")) {
      RedisFeedStore store = new RedisFeedStore(api.connection, FeedSettings.DEFAULT);
      List<String> older = new ArrayList<>();
      for (int i = 0; i < OLDER; i++) {
        publish(store, i);
        older.add(0, Long.toString(VideoIds.at(T0 + i, 0)));
      }
      store.follow(USER, new Following(5, new long[] {CREATOR})).join();
      store.confirm(USER, 5).join();
      ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
      AtomicInteger next = new AtomicInteger(OLDER);
      Semaphore arrivals = new Semaphore(0);
      try {
        walk(api);
        var publishing =
            publisher.scheduleAtFixedRate(
                () -> {
                  if (arrivals.tryAcquire()) {
                    push(store, next.getAndIncrement());
                  }
                },
                0,
                10,
                TimeUnit.MILLISECONDS);
        for (int i = 0; i < WALKS; i++) {
          int begun = next.get();
          arrivals.release(NEWER);
          List<String> seen = walk(api);
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

  private static void publish(RedisFeedStore store, int i) {
    store
        .publish(
            Video.newBuilder()
                .setVideoId(VideoIds.at(T0 + i, 0))
                .setCreatorId(CREATOR)
                .setType(Video.Type.PUBLISHED)
                .build())
        .join();
  }

  private static void push(RedisFeedStore store, int i) {
    publish(store, i);
    store.push(new FeedPush(VideoIds.at(T0 + i, 0), CREATOR, new long[] {USER})).join();
  }

  private static List<String> walk(TestApi api) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = api.client.json("/v1/users/" + USER + "/feed?limit=2" + cursor);
      for (JsonElement entry : page.getAsJsonArray("entries")) {
        ids.add(entry.getAsJsonObject().get("videoId").getAsString());
      }
      cursor = page.has("cursor") ? "&cursor=" + page.get("cursor").getAsString() : "";
    } while (!cursor.isEmpty());
    return ids;
  }
}
