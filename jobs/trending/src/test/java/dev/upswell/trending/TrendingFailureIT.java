package dev.upswell.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.contract.redis.TrendingValue;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.Home;
import dev.upswell.trending.TrendingModel.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar on a cluster of its own processes, which are killed, stopped and rescaled. */
@Tag("long")
class TrendingFailureIT {
  private static final Path JAR = Home.directory().resolve("jobs/trending/target/trending.jar");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int KILLS = 3;
  private static final int SLOTS = 360;
  private static final int PLAYS = 3;
  private static final int VIDEOS = 400;

  /** The start of a part of the day, so long ago that all of this is in the past. */
  private final int start =
      (Slots.of(System.currentTimeMillis()) / Slots.PER_HOUR / 6 - 1) * 6 * Slots.PER_HOUR;

  private final Random random = new Random(1);
  private final TrendingSettings settings =
      TrendingSettings.defaults().with(new DiversityRules(100, 100, 100));
  private final TrendingModel model = new TrendingModel(settings, PLAYS);

  /** Reads a hundred times a second, and keeps what readers may not see. */
  private static final class Reader implements AutoCloseable {
    private static final List<String> SCOPES = List.of("global", "region:BR", "region:US");

    private final TrendingSystem system;
    private final Map<String, Long> seen = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final AtomicLong reads = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> reading;

    Reader(TrendingSystem system) {
      this.system = system;
      this.reading = clock.scheduleAtFixedRate(this::read, 0, 10, TimeUnit.MILLISECONDS);
    }

    private void read() {
      String scope = SCOPES.get((int) (reads.getAndIncrement() % SCOPES.size()));
      system.lists(scope).ifPresent(value -> look(scope, value));
    }

    @Override
    public void close() throws InterruptedException {
      clock.shutdown();
      assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      // An exception would have ended it before.
      assertThat(reading.isCancelled()).isTrue();
    }

    private void look(String scope, TrendingValue value) {
      TrendingList lists = value.lists();
      if (value.at() < seen.getOrDefault(scope, 0L)) {
        wrong.add(scope + " is older: " + value.at() + " after " + seen.get(scope));
      }
      if (lists.getTopCount() == 0 || !lists.getScope().equals(scope)) {
        wrong.add(scope + " is empty or another: " + lists);
      }
      for (int i = 1; i < lists.getTopCount(); i++) {
        if (lists.getTop(i - 1).getScore() < lists.getTop(i).getScore()) {
          wrong.add(scope + " is out of order at " + i);
        }
      }
      seen.put(scope, value.at());
    }
  }

  private void send(TrendingSystem system, int from, int slots) {
    for (int slot = start + from; slot < start + from + slots; slot++) {
      for (int i = 0; i < 150; i++) {
        long video = 2 + (long) (VIDEOS * Math.pow(random.nextDouble(), 3));
        long at = slot * Slots.MILLIS + i * 60L;
        View view =
            View.newBuilder()
                .setViewerId(2L + random.nextInt(20_000))
                .setVideoId(id(video))
                .setCreatorId(2 + video / 4)
                .setViewedAt(at)
                .setRegion(random.nextBoolean() ? "BR" : "US")
                .setDevice("ios")
                .build();
        system.kafka.send(EventType.VIEWS, view);
        model.view(view);
        if (i % 10 == 0) {
          Engagement engagement =
              Engagement.newBuilder()
                  .setViewerId(view.getViewerId())
                  .setVideoId(id(video))
                  .setCreatorId(view.getCreatorId())
                  .setTypeValue(1 + random.nextInt(6))
                  .setAt(at)
                  .build();
          system.kafka.send(EventType.ENGAGEMENTS, engagement);
          model.engage(engagement);
        }
      }
    }
    system.kafka.flush();
    system.passTo((start + from + slots) * Slots.MILLIS);
  }

  /** Returns the id of a video, counted from 2. */
  private long id(long video) {
    return VideoIds.at(start * Slots.MILLIS, (int) video);
  }

  private void publish(TrendingSystem system) {
    for (long video = 2; video < 2 + VIDEOS; video++) {
      Video emitted =
          Video.newBuilder()
              .setVideoId(id(video))
              .setCreatorId(2 + video / 4)
              .setAt(start * Slots.MILLIS)
              .setType(Video.Type.PUBLISHED)
              .setVisibility(video % 10 == 0 ? Video.Visibility.PRIVATE : Video.Visibility.PUBLIC)
              .setCategory(video % 3 == 0 ? "comedy" : "news")
              .build();
      system.kafka.send(EventType.VIDEOS, emitted);
      model.say(emitted);
    }
    system.kafka.flush();
  }

  @Test
  void readersSeeCompleteListsInOrderUpToTheExpectedOne(@TempDir Path dir) throws Exception {
    try (TrendingSystem system = new TrendingSystem(dir);
        FlinkCluster flink = system.startCluster()) {
      Reader reader = new Reader(system);
      List<String> arguments =
          system.arguments("--lists.per-creator", "100", "--lists.per-category", "100");
      publish(system);
      int each = SLOTS / (KILLS + 2);
      send(system, 0, each);
      String job = flink.submit(JAR, arguments);
      int sent = each;
      for (int kill = 0; kill < KILLS; kill++) {
        // Killed while it gives out lists of what it is sent meanwhile.
        long from = (start + sent - each / 2) * Slots.MILLIS;
        await().atMost(LONG).until(() -> at(system, "global") > from);
        send(system, sent, each);
        sent += each;
        long midst = (start + sent - each + 5) * Slots.MILLIS;
        await()
            .atMost(LONG)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> at(system, "global") > midst);
        flink.killTaskManager(kill);
        flink.startTaskManager();
        flink.awaitRunning(job, LONG);
      }
      Path savepoint = flink.stopWithSavepoint(job, dir.resolve("savepoints"));
      flink.awaitRunning(flink.submit(JAR, arguments, Optional.of(savepoint), 1), LONG);
      send(system, sent, each);
      sent += each;
      int end = start + sent;
      system.passTo((end + 2) * Slots.MILLIS);
      await().atMost(LONG).until(() -> at(system, "global") >= (end - 1) * Slots.MILLIS);
      // Nothing happens any more, so one list stays.
      for (String scope :
          List.of("global", "region:BR", "region:US", "region:US/category:comedy")) {
        listsAreThoseOfTheModel(system, scope);
      }
      reader.close();
      assertThat(reader.wrong).isEmpty();
      assertThat(reader.reads.get()).isGreaterThan(500);
      assertThat(reader.seen).containsKeys("global", "region:BR", "region:US");
    }
  }

  private static long at(TrendingSystem system, String scope) {
    return system.lists(scope).map(TrendingValue::at).orElse(0L);
  }

  private void listsAreThoseOfTheModel(TrendingSystem system, String scope) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              TrendingValue value = system.lists(scope).orElseThrow();
              int slot = Slots.of(value.at()) - 1;
              Map<String, List<Place>> lists = model.lists(slot);
              assertThat(ids(value.lists().getTopList())).hasSizeGreaterThan(20);
              assertThat(ids(value.lists().getTopList()))
                  .isEqualTo(lists.get(scope + " top").stream().map(Place::videoId).toList());
              assertThat(ids(value.lists().getEntriesList()))
                  .isEqualTo(
                      lists.getOrDefault(scope + " rising", List.of()).stream()
                          .map(Place::videoId)
                          .toList());
              assertThat(system.topic().get(scope)).isEqualTo(value.lists());
            });
  }

  private static List<Long> ids(List<TrendingList.Entry> entries) {
    return entries.stream().map(TrendingList.Entry::getVideoId).toList();
  }
}
