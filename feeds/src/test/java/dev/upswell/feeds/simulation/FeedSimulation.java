package dev.upswell.feeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.audience.Relation;
import dev.upswell.feeds.memory.FeedModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Events, a job, readers and a store, in one thread and in any order that real ones could have.
 *
 * <p>The seed decides which of all possible next steps happens: a command in the store, a message
 * arriving, a read going on. Channels keep their order, and nothing else does.
 */
final class FeedSimulation {
  static final int USERS = 4;
  private static final long MINUTE = 60_000;

  private final StoreUnderTest store;
  private final Steps steps;
  private final FeedReader reader;
  private final FeedModel model;

  /** What the topics hold, as something that a job reads. */
  private final List<Consumer<SimulatedJob>> log = new ArrayList<>();

  private final Map<Long, List<Long>> published = new HashMap<>();
  private long lastNumber;
  private long now = 1_000 * MINUTE;
  private MemoryJobState checkpoint = new MemoryJobState();
  private SimulatedJob job;
  private int warmPages;

  FeedSimulation(FeedSettings settings, StoreUnderTest store, long seed) {
    this.store = store;
    this.steps = new Steps(seed);
    this.reader = new FeedReader(store.reads(steps), settings, () -> ++lastNumber);
    this.model = new FeedModel(settings.outboxEntries());
    this.job = start();
  }

  private SimulatedJob start() {
    return new SimulatedJob(steps, store, checkpoint.copy(), () -> ++lastNumber);
  }

  /** Pages that were read warm when everything had come to its end. */
  int warmPages() {
    return warmPages;
  }

  void run(List<Event> history) {
    for (Event event : history) {
      happen(event);
      steps.runSome(12);
    }
    settle();
  }

  private void happen(Event event) {
    if (event instanceof Event.Publish publish) {
      publish(publish.creator());
    } else if (event instanceof Event.Remove remove) {
      remove(remove.creator(), remove.back());
    } else if (event instanceof Event.Relate relate) {
      relate(relate);
    } else if (event instanceof Event.Open open) {
      long at = now;
      append(run -> run.read(open.user(), at));
    } else if (event instanceof Event.Wait wait) {
      now += wait.minutes() * MINUTE;
      long later = now;
      append(run -> run.timePasses(later));
    } else if (event instanceof Event.Read read) {
      var unused = walk(read.user(), read.limit()).thenAccept(FeedSimulation::eachOnceInOrder);
    } else if (event instanceof Event.Expire expire) {
      store.expire(expire.user());
    } else if (event instanceof Event.Checkpoint) {
      steps.runAll();
      checkpoint = job.state.copy();
      checkpoint.read = log.size();
    } else if (event instanceof Event.Crash) {
      job.crash();
      job = start();
      log.subList(checkpoint.read, log.size()).forEach(said -> said.accept(job));
    } else if (event instanceof Event.Settle) {
      settle();
    }
  }

  private void append(Consumer<SimulatedJob> said) {
    log.add(said);
    said.accept(job);
  }

  // ---- What is said to the job is also said to the model

  private void publish(long creator) {
    lastNumber++;
    // Some have the same millisecond.
    long id = ((lastNumber / 8) << 22) + lastNumber;
    published.computeIfAbsent(creator, key -> new ArrayList<>()).add(id);
    say(creator, id, Video.Type.PUBLISHED);
  }

  private void remove(long creator, int back) {
    List<Long> ids = published.getOrDefault(creator, List.of());
    if (back < ids.size()) {
      long id = ids.get(ids.size() - 1 - back);
      say(creator, id, Video.Type.REMOVED);
    }
  }

  private void say(long creator, long id, Video.Type type) {
    Video video = Video.newBuilder().setVideoId(id).setCreatorId(creator).setType(type).build();
    model.on(video);
    append(run -> run.read(video));
  }

  private void relate(Event.Relate relate) {
    now++;
    Follow follow =
        Follow.newBuilder()
            .setFollowerId(relate.user())
            .setFolloweeId(relate.other())
            .setType(relate.type())
            .setAt(now)
            .build();
    model.on(follow);
    append(run -> run.read(relate.user(), Relation.of(follow)));
  }

  // ---- What readers see

  private void settle() {
    steps.runAll();
    for (long user = 1; user <= USERS; user++) {
      for (String reading : List.of("first", "second")) {
        CompletableFuture<List<Long>> walk = walk(user, 2);
        steps.runAll();
        assertThat(walk.join())
            .as("%s reading of %s, who follows %s", reading, user, model.followees(user))
            .isEqualTo(model.feed(user));
      }
    }
  }

  private static void eachOnceInOrder(List<Long> ids) {
    assertThat(List.copyOf(new TreeSet<>(ids).descendingSet())).isEqualTo(ids);
  }

  private CompletableFuture<List<Long>> walk(long user, int limit) {
    return walk(user, limit, OptionalLong.of(Long.MAX_VALUE), new ArrayList<>());
  }

  private CompletableFuture<List<Long>> walk(
      long user, int limit, OptionalLong below, List<Long> ids) {
    if (below.isEmpty()) {
      return CompletableFuture.completedFuture(ids);
    }
    return reader
        .read(user, limit, below.getAsLong())
        .thenCompose(
            page -> {
              assertThat(page.entries().size()).isLessThanOrEqualTo(limit);
              page.entries().forEach(entry -> ids.add(entry.videoId()));
              if (page.source() == FeedPage.Source.WARM) {
                warmPages++;
              }
              return walk(user, limit, page.next(), ids);
            });
  }
}
