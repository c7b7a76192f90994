package dev.upswell.simulation;

import dev.upswell.contract.Hash64;
import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.audience.Audience;
import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.audience.FanOutProgress;
import dev.upswell.feeds.creator.FanOutPolicy;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.video.Outbox;
import dev.upswell.feeds.video.OutboxChange;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.EdgeAcknowledgement;
import dev.upswell.feeds.viewer.RelationshipEvent;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.feeds.viewer.ViewerTransitions;
import dev.upswell.simulation.Actor.Channel;
import dev.upswell.simulation.MemoryJobState.AudienceId;
import dev.upswell.simulation.MemoryJobState.Release;
import dev.upswell.simulation.memory.MemoryCreator;
import dev.upswell.simulation.memory.MemoryOutbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * One run of the fan-out job, from a checkpoint to its crash: the production decisions on actors
 * and channels instead of Flink. Every operator has two subtasks.
 */
final class SimulatedJob implements Executor {
  private static final Duration WINDOW = Duration.ofMinutes(60);
  private static final PullHysteresis VIEWERS = new PullHysteresis(3, Duration.ofMinutes(20));
  private static final PullHysteresis CREATORS = new PullHysteresis(2, Duration.ofSeconds(5));
  private static final Outbox OUTBOX = new Outbox(FeedSimulation.SETTINGS.outboxEntries());
  private static final Audience AUDIENCES = new Audience(2);
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final StepScheduler steps;
  private final FeedStoreWriter store;
  private final ViewerTransitions viewers;
  private final FanOutPolicy creators;
  private final LongSupplier clock;
  private final Set<OrderingRule> broken;
  final MemoryJobState state;
  private final Map<String, Actor> actors = new HashMap<>();
  private final Map<String, Channel> channels = new HashMap<>();
  private boolean alive = true;

  SimulatedJob(
      StepScheduler steps,
      SimulatedStore store,
      MemoryJobState state,
      LongSupplier epochs,
      LongSupplier clock,
      Set<OrderingRule> broken) {
    this.steps = steps;
    this.state = state;
    this.clock = clock;
    this.broken = broken;
    this.store = BrokenWrites.of(store, this, broken);
    boolean counted = broken.contains(OrderingRule.EPOCHS_ARE_DRAWN_ANEW);
    this.viewers =
        new ViewerTransitions(WINDOW, VIEWERS, counted ? () -> ++state.lastEpoch : epochs);
    boolean waits = !broken.contains(OrderingRule.READERS_KNOW_BEFORE_PUSHES_STOP);
    this.creators =
        new FanOutPolicy(3, 2, 1, waits ? FeedSimulation.REFRESH.multipliedBy(2) : Duration.ZERO);
  }

  /** Continues the work that a checkpoint had not finished. */
  void start() {
    state.audiences.forEach(
        (id, audience) -> {
          if (!audience.fanOuts().isEmpty()) {
            later(() -> advance(id));
          }
        });
    onTimePassed();
  }

  /** Drops the steps of a crashed job, including those in flight to Redis. */
  @Override
  public void execute(Runnable step) {
    steps.execute(() -> runIfAlive(step));
  }

  private void later(Runnable step) {
    steps.later(() -> runIfAlive(step));
  }

  private void runIfAlive(Runnable step) {
    if (alive) {
      step.run();
    }
  }

  void crash() {
    alive = false;
  }

  private static String subtask(String operator, long key) {
    return operator + "-" + Math.floorMod(Long.hashCode(Hash64.spread(key)), 2);
  }

  private static String subtask(AudienceId id) {
    return subtask("audience", 31 * id.creator() + id.part());
  }

  private Channel channel(String from, String to) {
    return channels.computeIfAbsent(
        from + " > " + to, name -> actors.computeIfAbsent(to, id -> new Actor(this)).channel());
  }

  // ---- Sources

  void read(Video record) {
    String video = subtask("video", record.getVideoId());
    channel(subtask("videos", record.getCreatorId()), video)
        .tell(
            () -> {
              VideoState before = state.video(record.getVideoId());
              for (VideoChange change : VideoChange.of(before, record)) {
                state.videos.put(record.getVideoId(), before.after(record));
                String outbox = subtask("outbox", change.creatorId());
                channel(video, outbox).tell(() -> change(outbox, change));
              }
            });
  }

  private void change(String outbox, VideoChange video) {
    MemoryOutbox of = state.outbox(video.creatorId());
    long id = video.videoId();
    OutboxChange change =
        video.isListed() ? OUTBOX.add(of, id, of.put(video)) : OUTBOX.remove(of, id, of.remove(id));
    VideoWrite write = new VideoWrite(video, change);
    String writer = subtask("outbox-writer", video.creatorId());
    if (broken.contains(OrderingRule.OUTBOX_BEFORE_FAN_OUT)) {
      published(writer, video);
      channel(outbox, writer).send(() -> store.write(write));
    } else {
      channel(outbox, writer)
          .send(() -> store.write(write).thenRun(() -> published(writer, video)));
    }
  }

  void read(long follower, Iterable<RelationshipEvent> relations) {
    for (RelationshipEvent relation : relations) {
      long user = relation.userId();
      String viewer = subtask("viewer", user);
      channel(subtask("follows", follower), viewer)
          .tell(
              () ->
                  write(
                      viewer,
                      Optional.of(viewers.onRelation(state.viewer(user), relation, state.now))));
    }
  }

  void read(long user, long at) {
    String viewer = subtask("viewer", user);
    channel(subtask("sessions", user), viewer)
        .tell(() -> write(viewer, viewers.onSession(state.viewer(user), user, at, state.now)));
  }

  /** Event time moves on. */
  void timePasses(long now) {
    state.now = now;
    for (long user : state.viewers.keySet()) {
      String viewer = subtask("viewer", user);
      channel("time", viewer)
          .tell(() -> write(viewer, viewers.onTime(state.viewer(user), user, now)));
    }
  }

  /** The clock on the wall moved on, or timers were restored. */
  void onTimePassed() {
    for (long creator : List.copyOf(state.creators.keySet())) {
      String subtask = subtask("creator", creator);
      channel("clock", subtask).tell(() -> releaseInTime(subtask, creator));
    }
  }

  /** Completes a checkpoint with this state, and runs the releases that waited for it. */
  void checkpointed(MemoryJobState checkpoint) {
    for (Release release : checkpoint.releases) {
      release(release);
    }
  }

  private void release(Release release) {
    state.releases.remove(release);
    channel("releases", subtask("releaser", release.creator()))
        .send(() -> store.release(release.creator(), release.since()));
  }

  // ---- Viewers

  private void write(String viewer, Optional<ViewerChange> decided) {
    if (decided.isEmpty()) {
      return;
    }
    ViewerChange change = decided.get();
    long user = change.userId();
    String writer = subtask("following-writer", user);
    if (broken.contains(OrderingRule.FOLLOWING_BEFORE_EDGES)) {
      sendEdges(writer, change);
      channel(viewer, writer).send(() -> write(change));
    } else {
      channel(viewer, writer).send(() -> write(change).thenRun(() -> sendEdges(writer, change)));
    }
  }

  private CompletableFuture<Void> write(ViewerChange change) {
    long user = change.userId();
    CompletableFuture<Void> written =
        change.tombstone().filter(tombstone -> !tombstone.together()).isPresent()
            ? store.writeTombstone(user, change.tombstone().get())
            : DONE;
    return written
        .thenCompose(
            done ->
                change.withdrawn()
                    ? store.withdraw(user, change.following())
                    : store.follow(user, change.following()))
        .thenCompose(
            done ->
                change.tombstone().filter(tombstone -> tombstone.together()).isPresent()
                    ? store.writeTombstone(user, change.tombstone().get())
                    : DONE);
  }

  private void sendEdges(String writer, ViewerChange change) {
    long user = change.userId();
    long epoch = change.following().epoch();
    String edgeAcknowledgements = subtask("warm-up", user);
    int edges = change.added().length;
    if (edges > 0) {
      boolean waits = !broken.contains(OrderingRule.WARM_WHEN_ALL_AUDIENCES_KNOW);
      channel(writer, edgeAcknowledgements)
          .tell(
              () ->
                  confirm(
                      edgeAcknowledgements,
                      user,
                      waits
                          ? EdgeAcknowledgement.announce(
                              state.edgeAcknowledgements(user), epoch, edges)
                          : OptionalLong.of(epoch)));
    }
    for (long creator : change.gained()) {
      sendToCreator(writer, creator, 1);
    }
    for (long creator : change.lost()) {
      sendToCreator(writer, creator, -1);
    }
    for (long creator : change.added()) {
      String subtask = subtask("creator", creator);
      channel(writer, subtask).tell(() -> join(subtask, creator, user, epoch));
    }
    for (long creator : change.removed()) {
      String subtask = subtask("creator", creator);
      channel(writer, subtask).tell(() -> leave(subtask, creator, user));
    }
  }

  private void confirm(String edgeAcknowledgements, long user, OptionalLong warm) {
    warm.ifPresent(
        epoch ->
            channel(edgeAcknowledgements, edgeAcknowledgements + "-marker")
                .send(() -> store.confirm(user, epoch)));
  }

  // ---- Creators

  private void sendToCreator(String from, long creator, int change) {
    channel(from, subtask("creator", creator))
        .send(
            () -> {
              FanOutPolicy.count(state.creator(creator), change);
              return decide(creator);
            });
  }

  /** Waits for the required write; the subtask does nothing else meanwhile. */
  private CompletableFuture<Void> decide(long creator) {
    MemoryCreator of = state.creator(creator);
    if (!FanOutPolicy.mustPull(of, CREATORS, clock.getAsLong())) {
      return DONE;
    }
    return store
        .pull(creator, of.pull().since())
        .thenRun(() -> creators.written(of, clock.getAsLong()));
  }

  private void published(String writer, VideoChange video) {
    if (video.kind() != VideoChange.Kind.SHOWN) {
      return;
    }
    long creator = video.creatorId();
    String subtask = subtask("creator", creator);
    channel(writer, subtask)
        .send(() -> decide(creator).thenRun(() -> fanOut(subtask, video.videoId(), creator)));
  }

  private void fanOut(String subtask, long video, long creator) {
    if (FanOutPolicy.pushes(state.creator(creator), clock.getAsLong())) {
      fanOut(subtask, FanOut.Kind.PUSH, creator, video);
    }
  }

  private void fanOut(String subtask, FanOut.Kind kind, long creator, long id) {
    int parts = creators.parts(state.creator(creator));
    for (int part = 0; part < parts; part++) {
      long now = clock.getAsLong();
      FanOut fanOut = new FanOut(kind, creator, id, now, now, part, parts);
      AudienceId audience = new AudienceId(creator, part);
      channel(subtask, subtask(audience)).tell(() -> begin(audience, fanOut));
    }
  }

  private void releaseInTime(String subtask, long creator) {
    OptionalLong since = FanOutPolicy.release(state.creator(creator), CREATORS, clock.getAsLong());
    if (since.isEmpty()) {
      return;
    }
    if (broken.contains(OrderingRule.DROP_BEFORE_RELEASE)) {
      released(new Release(creator, since.getAsLong()));
    } else {
      fanOut(subtask, FanOut.Kind.DROP, creator, since.getAsLong());
    }
  }

  private void join(String subtask, long creator, long user, long epoch) {
    int part = creators.join(state.creator(creator), user);
    String edgeAcknowledgements = subtask("warm-up", user);
    AudienceId audience = new AudienceId(creator, part);
    channel(subtask, subtask(audience))
        .tell(
            () -> {
              AUDIENCES.add(state.audience(audience).members(), user);
              channel(subtask(audience), edgeAcknowledgements)
                  .tell(
                      () ->
                          confirm(
                              edgeAcknowledgements,
                              user,
                              EdgeAcknowledgement.acknowledge(
                                  state.edgeAcknowledgements(user), epoch)));
            });
    if (part != FanOutPolicy.FIRST) {
      remove(subtask, new AudienceId(creator, FanOutPolicy.FIRST), user);
    }
  }

  private void leave(String subtask, long creator, long user) {
    MemoryCreator of = state.creator(creator);
    remove(subtask, new AudienceId(creator, FanOutPolicy.FIRST), user);
    int part = creators.audienceOf(user);
    if (of.spread() && part != FanOutPolicy.FIRST) {
      remove(subtask, new AudienceId(creator, part), user);
    }
    creators.leave(of);
  }

  private void remove(String subtask, AudienceId audience, long user) {
    channel(subtask, subtask(audience))
        .tell(() -> Audience.remove(state.audience(audience).members(), user));
  }

  // ---- Audiences

  private void begin(AudienceId id, FanOut fanOut) {
    MemoryJobState.Audience audience = state.audience(id);
    audience.fanOuts().add(FanOutProgress.begin(fanOut, Audience.size(audience.members())));
    if (audience.fanOuts().size() == 1) {
      advance(id);
    }
  }

  /** Pushes the next chunk of an audience's oldest fan-out, then yields to all other messages. */
  private void advance(AudienceId id) {
    MemoryJobState.Audience audience = state.audience(id);
    FanOutProgress progress = audience.fanOuts().element();
    FanOut fanOut = progress.fanOut();
    long[] members = Audience.next(audience.members(), progress.after());
    if (members.length == 0) {
      audience.fanOuts().remove();
      finish(id, fanOut);
      if (!audience.fanOuts().isEmpty()) {
        later(() -> advance(id));
      }
      return;
    }
    audience.fanOuts().remove();
    audience.fanOuts().addFirst(progress.sent(members[members.length - 1]));
    if (fanOut.kind() == FanOut.Kind.PUSH) {
      var unused = store.push(new FeedPush(fanOut.id(), fanOut.creatorId(), members));
      later(() -> advance(id));
    } else {
      var unused = store.drop(members).thenRun(() -> later(() -> advance(id)));
    }
  }

  private void finish(AudienceId id, FanOut fanOut) {
    if (fanOut.kind() == FanOut.Kind.DROP) {
      Release release = new Release(fanOut.creatorId(), fanOut.id());
      channel(subtask(id), subtask("deliveries", fanOut.creatorId()))
          .tell(
              () -> {
                if (state.drops.merge(release, 1, Integer::sum) == fanOut.parts()) {
                  state.drops.remove(release);
                  released(release);
                }
              });
    }
  }

  private void released(Release release) {
    state.releases.add(release);
    if (broken.contains(OrderingRule.RELEASE_AFTER_CHECKPOINT)) {
      release(release);
    }
  }
}
