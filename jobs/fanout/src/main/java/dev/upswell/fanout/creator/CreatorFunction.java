package dev.upswell.fanout.creator;

import dev.upswell.contract.events.Control;
import dev.upswell.fanout.FanoutTypes;
import dev.upswell.fanout.audience.AudienceInput;
import dev.upswell.fanout.audience.FeedWriterSettings;
import dev.upswell.fanout.rebuild.PacedRebuild;
import dev.upswell.fanout.rebuild.RebuildableFunction;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.creator.FanOutPolicy;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.redis.RedisFeedStoreWriter;
import dev.upswell.redis.RedisConnection;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a creator's followers, decides between push and pull, and sends everything to the right
 * audience.
 *
 * <p>That a creator is pulled is written to Redis here and waited for: it happens a few times a day
 * among all creators, and nothing of this creator may go on before.
 */
public final class CreatorFunction extends RebuildableFunction<CreatorInput, AudienceInput> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CreatorFunction.class);
  private static final long BACKOFF_MILLIS = 200;

  public static final OutputTag<DeliveryPart> NOT_PUSHED =
      new OutputTag<>("not-pushed", FanoutTypes.DELIVERY_PART);

  /** Broadcast state. The entry {@link #ABOVE} has the last requested threshold in followers. */
  public static final MapStateDescriptor<String, Long> PULL_ABOVE =
      new MapStateDescriptor<>("pull-above", Types.STRING, Types.LONG);

  private static final String ABOVE = "above";

  private final FeedWriterSettings target;
  private final FanOutPolicy creator;
  private final PullHysteresis pullRule;
  private transient KeyedCreatorState state;
  private transient PacedRebuild rebuild;
  private transient RedisConnection redis;
  private transient RedisFeedStoreWriter store;

  public CreatorFunction(FeedWriterSettings target, FanOutPolicy creator, PullHysteresis pullRule) {
    this.target = target;
    this.creator = creator;
    this.pullRule = pullRule;
  }

  @Override
  public void open(OpenContext context) {
    state = new KeyedCreatorState(getRuntimeContext());
    rebuild = new PacedRebuild(getRuntimeContext(), timers());
    redis = RedisConnection.open(target.redis());
    store = new RedisFeedStoreWriter(redis, target.feeds());
  }

  @Override
  public void close() {
    // Flink also closes operators after a failed open.
    if (Objects.nonNull(redis)) {
      redis.close();
    }
  }

  @Override
  public void processBroadcastElement(
      Control control, Context context, Collector<AudienceInput> out) throws Exception {
    if (control.getType() == Control.Type.PULL_ABOVE) {
      LOG.info("pull threshold: {} followers", control.getPullAbove());
      context.getBroadcastState(PULL_ABOVE).put(ABOVE, control.getPullAbove());
    } else if (control.getType() == Control.Type.REBUILD_FEEDS) {
      rebuild.begin(control, context, KeyedCreatorState.PULLED);
    }
  }

  private PullHysteresis rule(ReadOnlyBroadcastState<String, Long> broadcast) throws Exception {
    @Nullable Long above = broadcast.get(ABOVE);
    return above == null || above == 0 ? pullRule : pullRule.withAbove(above);
  }

  @Override
  public void processElement(
      CreatorInput input, ReadOnlyContext context, Collector<AudienceInput> out) throws Exception {
    state.begin();
    if (input instanceof CreatorInput.Published published) {
      decide(published.creatorId(), rule(context.getBroadcastState(PULL_ABOVE)), context);
      publish(published, context, out);
    } else if (input instanceof CreatorInput.Counted counted) {
      FanOutPolicy.count(state, counted.change());
      decide(counted.creatorId(), rule(context.getBroadcastState(PULL_ABOVE)), context);
    } else if (input instanceof CreatorInput.Joined joined) {
      join(joined, out);
    } else if (input instanceof CreatorInput.Left left) {
      leave(left, out);
    }
    state.end();
  }

  // ---- Push or pull

  private void decide(long creatorId, PullHysteresis rule, ReadOnlyContext context) {
    TimerService timers = context.timerService();
    if (FanOutPolicy.mustPull(state, rule, timers.currentProcessingTime())) {
      LOG.info("creator {} is pulled: {} followers", creatorId, state.followers());
      write(creatorId, state.pull().since());
      creator.written(state, timers.currentProcessingTime());
    }
    long ends = rule.endsAt(state.pull());
    if (ends < Long.MAX_VALUE) {
      timers.registerProcessingTimeTimer(ends);
    }
  }

  /**
   * Writes to Redis and waits for the reply, up to the retry time. Then the job restarts from its
   * checkpoint.
   */
  private void write(long creatorId, long since) {
    long giveUp = System.nanoTime() + target.writes().retryFor().toNanos();
    while (true) {
      try {
        store.pull(creatorId, since).join();
        return;
      } catch (CompletionException e) {
        if (System.nanoTime() > giveUp) {
          throw e;
        }
        LOG.warn("failed to mark creator {} as pulled, retrying: {}", creatorId, e.toString());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BACKOFF_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<AudienceInput> out)
      throws Exception {
    long creatorId = context.getCurrentKey();
    state.begin();
    if (rebuild.isDue(time) && state.pull().isOn()) {
      write(creatorId, state.pull().since());
    }
    PullHysteresis rule = rule(context.getBroadcastState(PULL_ABOVE));
    OptionalLong since = FanOutPolicy.release(state, rule, time);
    if (since.isPresent()) {
      LOG.info("creator {} is pushed again: {} followers", creatorId, state.followers());
      fanOut(FanOut.Kind.DROP, creatorId, since.getAsLong(), time, time, out);
    }
    state.end();
  }

  // ---- To the audiences

  private void publish(
      CreatorInput.Published video, ReadOnlyContext context, Collector<AudienceInput> out) {
    if (FanOutPolicy.pushes(state, context.timerService().currentProcessingTime())) {
      fanOut(FanOut.Kind.PUSH, video.creatorId(), video.videoId(), video.at(), video.readAt(), out);
      return;
    }
    FanOut all =
        new FanOut(
            FanOut.Kind.PUSH,
            video.creatorId(),
            video.videoId(),
            video.at(),
            video.readAt(),
            FanOutPolicy.FIRST,
            1);
    context.output(NOT_PUSHED, DeliveryPart.pulled(all, state.members()));
  }

  private void fanOut(
      FanOut.Kind kind,
      long creatorId,
      long id,
      long at,
      long readAt,
      Collector<AudienceInput> out) {
    int parts = creator.parts(state);
    for (int part = 0; part < parts; part++) {
      out.collect(
          new AudienceInput.Begin(new FanOut(kind, creatorId, id, at, readAt, part, parts)));
    }
  }

  private void join(CreatorInput.Joined joined, Collector<AudienceInput> out) {
    int part = creator.join(state, joined.userId());
    out.collect(
        new AudienceInput.Joined(joined.creatorId(), part, joined.userId(), joined.epoch()));
    if (part != FanOutPolicy.FIRST) {
      out.collect(new AudienceInput.Left(joined.creatorId(), FanOutPolicy.FIRST, joined.userId()));
    }
  }

  private void leave(CreatorInput.Left left, Collector<AudienceInput> out) {
    out.collect(new AudienceInput.Left(left.creatorId(), FanOutPolicy.FIRST, left.userId()));
    int part = creator.audienceOf(left.userId());
    if (state.spread() && part != FanOutPolicy.FIRST) {
      out.collect(new AudienceInput.Left(left.creatorId(), part, left.userId()));
    }
    creator.leave(state);
  }
}
