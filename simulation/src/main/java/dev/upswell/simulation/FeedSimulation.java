package dev.upswell.simulation;

import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.viewer.RelationshipEvent;
import dev.upswell.simulation.memory.FeedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Events, a job, readers and a store, in one thread and in any order that real ones could have.
 *
 * <p>The seed decides which of all possible next steps happens: a command in the store, a message
 * arriving, a read going on. Channels keep their order, and nothing else does.
 */
public final class FeedSimulation {
  static final int USERS = 5;
  static final Duration REFRESH = Duration.ofSeconds(10);

  /** Small, so that feeds overflow, outboxes lose videos and lists are compacted and dropped. */
  public static final FeedOptions SETTINGS =
      new FeedOptions(
          4, 6, Duration.ofHours(1), Duration.ofDays(1), Duration.ofMinutes(30), REFRESH);

  private static final int READERS = 2;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  /** Half of the difference between clocks that has no effect. */
  private static final long MAX_BEHIND = 5 * MINUTE;

  private final SimulatedStore store;
  private final Set<OrderingRule> broken;
  private final StepScheduler steps;
  private final List<SimulatedReader> readers = new ArrayList<>();
  private final FeedModel model = new FeedModel(SETTINGS.outboxEntries());
  private final HiddenVideos notToBeSeen = new HiddenVideos(model);

  /** Content of the topics, as calls to a job. */
  private final List<Consumer<SimulatedJob>> log = new ArrayList<>();

  private final Map<Long, List<Long>> published = new HashMap<>();
  private final Map<Pair, Follow> lastRelations = new HashMap<>();
  private final Set<Follow> relations = new HashSet<>();
  private final Outcome.Counts counts = new Outcome.Counts();
  private Optional<SimulationFailure> failure = Optional.empty();
  private long lastNumber;
  private long now = 1_000 * MINUTE;
  private MemoryJobState checkpoint = new MemoryJobState();
  private SimulatedJob job;

  private record Pair(long lower, long higher) {
    static Pair of(long one, long other) {
      return new Pair(Math.min(one, other), Math.max(one, other));
    }
  }

  private FeedSimulation(SimulatedStore store, long seed, Set<OrderingRule> broken) {
    this.store = store;
    this.broken = broken;
    this.steps = new StepScheduler(seed);
    for (int i = 0; i < READERS; i++) {
      readers.add(
          new SimulatedReader(steps, store, SETTINGS, () -> ++lastNumber, () -> now, broken));
    }
    this.job = start();
  }

  /**
   * Plays a history.
   *
   * @param store empty store
   * @throws SimulationFailure if a feed differs from the model
   */
  public static Outcome play(History history, SimulatedStore store) {
    return play(history, store, Set.of());
  }

  /** Plays a history without some of the rules. */
  static Outcome play(History history, SimulatedStore store, Set<OrderingRule> broken) {
    FeedSimulation simulation = new FeedSimulation(store, history.seed(), broken);
    for (Event event : history.events()) {
      simulation.happen(event);
      simulation.steps.runSome(12);
      simulation.failure.ifPresent(FeedSimulation::raise);
    }
    simulation.settle();
    return simulation.counts.outcome();
  }

  private static void raise(SimulationFailure failure) {
    throw failure;
  }

  private SimulatedJob start() {
    SimulatedJob started =
        new SimulatedJob(steps, store, checkpoint.copy(), () -> ++lastNumber, () -> now, broken);
    started.start();
    return started;
  }

  private void happen(Event event) {
    if (event instanceof Event.Publish publish) {
      publish(publish);
    } else if (event instanceof Event.Show show) {
      video(show.creator(), show.back())
          .ifPresent(id -> say(show.creator(), id, Video.Type.PUBLISHED, show.visibility()));
    } else if (event instanceof Event.Remove remove) {
      video(remove.creator(), remove.back())
          .ifPresent(id -> say(remove.named(), id, Video.Type.REMOVED, Video.Visibility.PUBLIC));
    } else if (event instanceof Event.RemoveEarly remove) {
      long id = nextId(remove.creator());
      say(remove.named(), id, Video.Type.REMOVED, Video.Visibility.PUBLIC);
      say(remove.creator(), id, Video.Type.PUBLISHED, Video.Visibility.PUBLIC);
    } else if (event instanceof Event.Claim claim) {
      video(claim.other(), claim.back())
          .ifPresent(id -> say(claim.creator(), id, Video.Type.PUBLISHED, Video.Visibility.PUBLIC));
    } else if (event instanceof Event.Relate relate) {
      relate(relate);
    } else if (event instanceof Event.Open open) {
      long at = now;
      append(run -> run.read(open.user(), at));
    } else if (event instanceof Event.Wait wait) {
      timePasses(wait.minutes() * MINUTE);
      long later = now;
      append(run -> run.timePasses(later));
    } else if (event instanceof Event.Tick tick) {
      timePasses(tick.seconds() * SECOND);
    } else if (event instanceof Event.Read read) {
      var unused = read(read);
    } else if (event instanceof Event.Expire expire) {
      store.expire(expire.user());
    } else if (event instanceof Event.Checkpoint) {
      checkpoint();
    } else if (event instanceof Event.Crash) {
      crash();
    } else if (event instanceof Event.Settle) {
      settle();
    }
  }

  private void append(Consumer<SimulatedJob> record) {
    log.add(record);
    record.accept(job);
  }

  /** No read takes that long. */
  private void timePasses(long millis) {
    readers.forEach(SimulatedReader::timeOut);
    now += millis;
    job.onTimePassed();
  }

  private void checkpoint() {
    steps.runReady();
    checkpoint = job.state.copy();
    checkpoint.read = log.size();
    counts.releases += checkpoint.releases.size();
    job.checkpointed(checkpoint);
  }

  private void crash() {
    job.crash();
    counts.crashes++;
    job = start();
    log.subList(checkpoint.read, log.size()).forEach(record -> record.accept(job));
  }

  // ---- Events for the job and the model

  private void publish(Event.Publish publish) {
    long id = nextId(publish.creator());
    say(publish.creator(), id, Video.Type.PUBLISHED, publish.visibility());
  }

  private long nextId(long creator) {
    lastNumber++;
    // Some have the same millisecond.
    long id = ((lastNumber / 8) << 22) + lastNumber;
    published.computeIfAbsent(creator, key -> new ArrayList<>()).add(id);
    return id;
  }

  private Optional<Long> video(long creator, int back) {
    List<Long> ids = published.getOrDefault(creator, List.of());
    return back < ids.size() ? Optional.of(ids.get(ids.size() - 1 - back)) : Optional.empty();
  }

  private void say(long creator, long id, Video.Type type, Video.Visibility visibility) {
    now++;
    Video video =
        Video.newBuilder()
            .setVideoId(id)
            .setCreatorId(creator)
            .setType(type)
            .setVisibility(visibility)
            .setAt(now)
            .build();
    model.on(video);
    notToBeSeen.changes(id);
    append(run -> run.read(video));
  }

  /**
   * Returns the record of a relation. The clock of the user may be behind that of the user's last
   * record, unless the other user did something in between, or the record would be a retry.
   */
  private Follow byClockOf(Event.Relate relate) {
    Follow.Builder follow =
        Follow.newBuilder()
            .setFollowerId(relate.user())
            .setFolloweeId(relate.other())
            .setType(relate.type());
    Follow last = lastRelations.get(Pair.of(relate.user(), relate.other()));
    if (last == null || relate.back() < 0 || last.getFollowerId() != relate.user()) {
      return follow.setAt(now).build();
    }
    Follow behind = follow.setAt(last.getAt() - relate.back()).build();
    boolean isRetry = relations.contains(behind);
    boolean isOutdated = behind.getAt() < now - MAX_BEHIND;
    return isRetry || isOutdated ? follow.setAt(now).build() : behind;
  }

  private void relate(Event.Relate relate) {
    now++;
    Follow follow = byClockOf(relate);
    lastRelations.put(Pair.of(relate.user(), relate.other()), follow);
    relations.add(follow);
    model.on(follow);
    notToBeSeen.changes(relate.user(), relate.other());
    append(run -> run.read(relate.user(), RelationshipEvent.of(follow)));
  }

  // ---- Reads

  private CompletableFuture<Void> read(Event.Read read) {
    return walk(new FeedRequest(read.user(), read.limit(), Long.MAX_VALUE, false), read.reader())
        .thenAccept(
            ids -> {
              if (!List.copyOf(new TreeSet<>(ids).descendingSet()).equals(ids)) {
                fail("%d sees videos twice or out of order: %s".formatted(read.user(), ids));
              }
            });
  }

  private void settle() {
    steps.runAll();
    failure.ifPresent(FeedSimulation::raise);
    for (long user = 1; user <= USERS; user++) {
      for (int reader = 0; reader < READERS; reader++) {
        compare(new FeedRequest(user, 2, Long.MAX_VALUE, reader == 0), reader);
      }
    }
    notToBeSeen.settled();
  }

  private void compare(FeedRequest request, int reader) {
    CompletableFuture<List<Long>> walk = walk(request, reader);
    steps.runAll();
    failure.ifPresent(FeedSimulation::raise);
    long user = request.userId();
    List<Long> seen;
    try {
      seen = walk.join();
    } catch (CompletionException e) {
      throw new SimulationFailure("%d cannot read: %s".formatted(user, e.getCause()));
    }
    if (!seen.equals(model.feed(user))) {
      throw new SimulationFailure(
          "viewer %d, followees %s: feed %s (expected: %s)"
              .formatted(user, model.followees(user), seen, model.feed(user)));
    }
  }

  private CompletableFuture<List<Long>> walk(FeedRequest first, int reader) {
    return walk(first, reader, new ArrayList<>());
  }

  private CompletableFuture<List<Long>> walk(FeedRequest request, int reader, List<Long> ids) {
    return readers
        .get(reader)
        .read(request)
        .thenCompose(
            page -> {
              take(request, page);
              page.entries().forEach(entry -> ids.add(entry.videoId()));
              OptionalLong next = page.next();
              return next.isEmpty()
                  ? CompletableFuture.completedFuture(ids)
                  : walk(
                      new FeedRequest(request.userId(), request.limit(), next.getAsLong(), false),
                      reader,
                      ids);
            });
  }

  private void take(FeedRequest request, FeedPage page) {
    counts.pages.merge(page.source(), 1, Integer::sum);
    if (page.entries().size() > request.limit()) {
      fail("more than %d on a page: %s".formatted(request.limit(), page.entries()));
    }
    for (FeedEntry entry : page.entries()) {
      if (notToBeSeen.has(request.userId(), entry)) {
        fail("%d sees %s, which has not been allowed for long".formatted(request.userId(), entry));
      }
    }
  }

  private void fail(String message) {
    failure = failure.or(() -> Optional.of(new SimulationFailure(message)));
  }
}
