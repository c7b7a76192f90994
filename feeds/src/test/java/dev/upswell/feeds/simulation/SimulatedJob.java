package dev.upswell.feeds.simulation;

import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPush;
import dev.upswell.feeds.FeedWrites;
import dev.upswell.feeds.audience.Relation;
import dev.upswell.feeds.audience.Viewer;
import dev.upswell.feeds.audience.ViewerChange;
import dev.upswell.feeds.audience.WarmUp;
import dev.upswell.feeds.simulation.Actor.Channel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * One run of the fan-out job, from a checkpoint to its crash: the production decisions, carried by
 * actors and channels instead of Flink. Every operator has two subtasks.
 */
final class SimulatedJob implements Executor {
  private static final Duration WINDOW = Duration.ofMinutes(60);

  private final Executor steps;
  private final FeedWrites store;
  private final Viewer decisions;
  final MemoryJobState state;
  private final Map<String, Actor> actors = new HashMap<>();
  private final Map<String, Channel> channels = new HashMap<>();
  private boolean alive = true;

  SimulatedJob(Steps steps, StoreUnderTest store, MemoryJobState state, LongSupplier epochs) {
    this.steps = steps;
    this.store = store.writes(this);
    this.state = state;
    this.decisions = new Viewer(WINDOW, epochs);
  }

  /** Steps of a job that crashed do not happen, not even those that Redis had still to do. */
  @Override
  public void execute(Runnable step) {
    steps.execute(
        () -> {
          if (alive) {
            step.run();
          }
        });
  }

  void crash() {
    alive = false;
  }

  private static String subtask(String operator, long key) {
    return operator + "-" + Math.floorMod(Long.hashCode(key * 0x9E3779B97F4A7C15L), 2);
  }

  private Channel channel(String from, String to) {
    return channels.computeIfAbsent(
        from + " > " + to, name -> actors.computeIfAbsent(to, id -> new Actor(this)).channel());
  }

  // ---- What the sources read

  void read(Video video) {
    String writer = subtask("outbox-writer", video.getCreatorId());
    if (video.getType() == Video.Type.REMOVED) {
      channel("videos", writer).send(() -> store.remove(video));
      return;
    }
    channel("videos", writer).send(() -> store.publish(video).thenRun(() -> fanOut(writer, video)));
  }

  void read(long follower, Iterable<Relation> relations) {
    for (Relation relation : relations) {
      String viewer = subtask("viewer", relation.userId());
      channel(subtask("follows", follower), viewer)
          .tell(
              () -> write(viewer, decisions.onRelation(state.viewer(relation.userId()), relation)));
    }
  }

  void read(long user, long at) {
    String viewer = subtask("viewer", user);
    channel(subtask("sessions", user), viewer)
        .tell(() -> write(viewer, decisions.onSession(state.viewer(user), user, at, state.now)));
  }

  void timePasses(long now) {
    state.now = now;
    for (long user : state.viewers.keySet()) {
      String viewer = subtask("viewer", user);
      channel("time", viewer)
          .tell(() -> write(viewer, decisions.onTime(state.viewer(user), user, now)));
    }
  }

  // ---- What the operators do

  private void write(String viewer, Optional<ViewerChange> decided) {
    if (decided.isEmpty()) {
      return;
    }
    ViewerChange change = decided.get();
    long user = change.userId();
    String writer = subtask("following-writer", user);
    channel(viewer, writer)
        .send(
            () ->
                (change.withdrawn()
                        ? store.withdraw(user, change.following())
                        : store.follow(user, change.following()))
                    .thenRun(() -> sendEdges(writer, change)));
  }

  private void sendEdges(String writer, ViewerChange change) {
    long user = change.userId();
    long epoch = change.following().epoch();
    String warmUp = subtask("warm-up", user);
    if (change.added().length > 0) {
      channel(writer, warmUp)
          .tell(
              () ->
                  confirm(
                      warmUp,
                      user,
                      WarmUp.announce(state.warmUp(user), epoch, change.added().length)));
    }
    for (long creator : change.added()) {
      String audience = subtask("audience", creator);
      channel(writer, audience)
          .tell(
              () -> {
                state.audience(creator).add(user);
                channel(audience, warmUp)
                    .tell(() -> confirm(warmUp, user, WarmUp.known(state.warmUp(user), epoch)));
              });
    }
    for (long creator : change.removed()) {
      channel(writer, subtask("audience", creator))
          .tell(() -> state.audience(creator).remove(user));
    }
  }

  private void fanOut(String writer, Video video) {
    String audience = subtask("audience", video.getCreatorId());
    channel(writer, audience)
        .tell(
            () -> {
              for (long follower : state.audience(video.getCreatorId())) {
                FeedPush push =
                    new FeedPush(video.getVideoId(), video.getCreatorId(), new long[] {follower});
                channel(audience, audience + "-pusher").send(() -> store.push(push));
              }
            });
  }

  private void confirm(String warmUp, long user, OptionalLong warm) {
    warm.ifPresent(
        epoch -> channel(warmUp, warmUp + "-marker").send(() -> store.confirm(user, epoch)));
  }
}
