package dev.upswell.fanout.audience;

import dev.upswell.fanout.FanoutTypes;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementInput;
import dev.upswell.feeds.audience.Audience;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.audience.FanOutProgress;
import dev.upswell.feeds.audience.LatencyHistogram;
import dev.upswell.feeds.redis.FeedPushWriter;
import dev.upswell.redis.RedisConnection;
import dev.upswell.runtime.redis.MailboxCallbacks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Stores the members of audiences and pushes to their feeds.
 *
 * <p>There are two paths. Small fan-outs are written at once, and a checkpoint waits for them.
 * Large fan-outs are stored in state and written chunk by chunk, in turns with those of other
 * audiences, while records and checkpoints pass. After a failure they continue from the checkpoint.
 * So a million followers of one creator delay neither a checkpoint nor the ten followers of
 * another.
 *
 * <p>The operator writes to Redis itself instead of emitting members to a sink. A thousand ids need
 * not be serialized again, and the operator has its own writes in flight under control.
 */
public final class AudienceOperator extends AbstractStreamOperator<DeliveryPart>
    implements OneInputStreamOperator<AudienceInput, DeliveryPart>,
        Triggerable<Tuple2<Long, Integer>, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  /** Members of a block, and feeds of a write: answered within milliseconds. */
  private static final int CHUNK = 1_024;

  /** Enough that Redis always has one to do while the reply to another is on its way. */
  private static final int LARGE_WRITES = 4;

  /**
   * Interval of the check for audiences with unfinished fan-outs, in milliseconds; needed only
   * after a restart.
   */
  private static final long HEARTBEAT_MILLIS = 1_000;

  private static final long LAGS_MILLIS = 1_000;

  public static final OutputTag<EdgeAcknowledgementInput> EDGES_KNOWN =
      new OutputTag<>("acknowledged-edges", FanoutTypes.ACKNOWLEDGEMENT_INPUT);

  /**
   * Latencies from reading a video to its pushes, emitted once a second, because a large fan-out
   * reports its result only at its end. The age of the record is no latency of the job, and neither
   * is the time between a failure and the restart.
   */
  public static final OutputTag<LatencyHistogram> LATENCIES =
      new OutputTag<>("latencies", FanoutTypes.LATENCIES);

  private final FeedWriterSettings target;
  private final MailboxExecutor mailbox;
  private final Audience audience = new Audience(CHUNK);

  /**
   * Connection for small fan-outs. Redis serves connections in turns, so small ones need not wait
   * for large ones.
   */
  private transient RedisConnection redisOfSmall;

  private transient RedisConnection redisOfLarge;
  private transient KeyedAudienceState state;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient FeedWriter small;
  private transient FeedWriter large;

  /** Audiences with unfinished fan-outs, and those of them that may send next. */
  private transient Set<Tuple2<Long, Integer>> busy;

  private transient Deque<Tuple2<Long, Integer>> turns;
  private transient LatencyHistogram lags;
  private transient long latenciesEmittedAt;
  private transient long startedAt;
  private transient Counter pushed;
  private transient Counter cold;

  private AudienceOperator(
      FeedWriterSettings target, StreamOperatorParameters<DeliveryPart> parameters) {
    super(parameters);
    this.target = target;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void open() throws Exception {
    super.open();
    lags = new LatencyHistogram();
    startedAt = getProcessingTimeService().getCurrentProcessingTime();
    busy = new HashSet<>();
    turns = new ArrayDeque<>();
    state = new KeyedAudienceState(getRuntimeContext());
    timers = getInternalTimerService("heartbeat", VoidNamespaceSerializer.INSTANCE, this);
    redisOfSmall = RedisConnection.open(target.redis());
    redisOfLarge = RedisConnection.open(target.redis());
    small = feedWriter(redisOfSmall, target.writes().maxInFlight(), this::smallIsWritten);
    large = feedWriter(redisOfLarge, LARGE_WRITES, this::largeIsWritten);
    pushed = getMetricGroup().counter("pushes");
    cold = getMetricGroup().counter("cold");
    getMetricGroup().<Integer, Gauge<Integer>>gauge("largeFanOuts", busy::size);
    getMetricGroup().<Long, Gauge<Long>>gauge("retries", () -> small.retries() + large.retries());
  }

  private FeedWriter feedWriter(
      RedisConnection redis, int most, ObjIntConsumer<FeedWrite> written) {
    FeedPushWriter pushes = new FeedPushWriter(redis, target.feeds());
    MailboxCallbacks mails = new MailboxCallbacks(redis, mailbox);
    return new FeedWriter(
        pushes,
        most,
        target.writes().retryFor(),
        mailbox,
        mails,
        getProcessingTimeService(),
        written);
  }

  @Override
  public void processElement(StreamRecord<AudienceInput> element) throws Exception {
    AudienceInput input = element.getValue();
    if (input instanceof AudienceInput.Begin begin) {
      begin(begin.fanOut(), input.audience());
    } else if (input instanceof AudienceInput.Joined joined) {
      audience.add(state, joined.userId());
      output.collect(
          EDGES_KNOWN,
          new StreamRecord<>(
              new EdgeAcknowledgementInput.Acknowledged(joined.userId(), joined.epoch())));
    } else if (input instanceof AudienceInput.Left left) {
      Audience.remove(state, left.userId());
    }
  }

  private void begin(FanOut fanOut, Tuple2<Long, Integer> key) throws InterruptedException {
    FanOutProgress progress = FanOutProgress.begin(fanOut, Audience.size(state));
    Deque<FanOutProgress> waiting = state.fanOuts();
    if (waiting.isEmpty() && progress.planned() <= CHUNK) {
      writeAll(progress);
      return;
    }
    waiting.add(progress);
    state.fanOuts(waiting);
    if (busy.add(key)) {
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, nextHeartbeat());
      turns.add(key);
      takeTurns();
    }
  }

  // ---- Few members

  private void writeAll(FanOutProgress progress) throws InterruptedException {
    long[] all = new long[(int) progress.planned()];
    int size = 0;
    // More than one block only where members left.
    while (size < all.length) {
      long[] some = Audience.next(state, size == 0 ? 0 : all[size - 1]);
      System.arraycopy(some, 0, all, size, some.length);
      size += some.length;
    }
    if (size == 0) {
      report(progress);
      return;
    }
    // Last of all, because other keys may have their turn while it waits.
    small.write(new FeedWrite(progress.sent(all[size - 1]), all));
  }

  private void smallIsWritten(FeedWrite write, int found) {
    report(count(write, found));
  }

  // ---- Many members

  private void takeTurns() throws InterruptedException {
    while (large.hasRoom() && !turns.isEmpty()) {
      Tuple2<Long, Integer> key = turns.remove();
      setCurrentKey(key);
      sendNext(key);
    }
  }

  private void sendNext(Tuple2<Long, Integer> key) throws InterruptedException {
    Deque<FanOutProgress> waiting = state.fanOuts();
    while (!waiting.isEmpty()) {
      FanOutProgress progress = waiting.element();
      long[] members = Audience.next(state, progress.after());
      if (members.length > 0) {
        large.write(new FeedWrite(progress.sent(members[members.length - 1]), members));
        return;
      }
      waiting.remove();
      state.fanOuts(waiting);
      report(progress);
    }
    busy.remove(key);
  }

  /** Only acknowledged writes count as progress; others are retried after a failure. */
  private void largeIsWritten(FeedWrite write, int found) {
    FanOut fanOut = write.progress().fanOut();
    Tuple2<Long, Integer> key = Tuple2.of(fanOut.creatorId(), fanOut.part());
    setCurrentKey(key);
    Deque<FanOutProgress> waiting = state.fanOuts();
    waiting.remove();
    waiting.addFirst(count(write, found));
    state.fanOuts(waiting);
    turns.add(key);
    try {
      takeTurns();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long nextHeartbeat() {
    return timers.currentProcessingTime() + HEARTBEAT_MILLIS;
  }

  @Override
  public void onProcessingTime(InternalTimer<Tuple2<Long, Integer>, VoidNamespace> timer)
      throws Exception {
    if (state.fanOuts().isEmpty()) {
      return;
    }
    timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, nextHeartbeat());
    Tuple2<Long, Integer> key = timer.getKey();
    if (busy.add(key)) {
      turns.add(key);
      takeTurns();
    }
  }

  @Override
  public void onEventTime(InternalTimer<Tuple2<Long, Integer>, VoidNamespace> timer) {
    throw new IllegalStateException("no timer is set in event time");
  }

  // ---- Both

  private FanOutProgress count(FeedWrite write, int found) {
    pushed.inc(found);
    cold.inc(write.userIds().length - (long) found);
    long now = getProcessingTimeService().getCurrentProcessingTime();
    FanOut fanOut = write.progress().fanOut();
    if (fanOut.kind() == FanOut.Kind.PUSH) {
      lags.add(Math.max(0, now - Math.max(startedAt, fanOut.readAt())), found);
    }
    if (now - latenciesEmittedAt >= LAGS_MILLIS) {
      output.collect(LATENCIES, new StreamRecord<>(lags));
      lags = new LatencyHistogram();
      latenciesEmittedAt = now;
    }
    return write.progress().written(found, write.userIds().length, now);
  }

  private void report(FanOutProgress done) {
    output.collect(new StreamRecord<>(done.part()));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    small.drain();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    small.drain();
    while (!busy.isEmpty()) {
      mailbox.yield();
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    // Flink also closes operators after a failed open.
    if (Objects.nonNull(redisOfSmall)) {
      redisOfSmall.close();
    }
    if (Objects.nonNull(redisOfLarge)) {
      redisOfLarge.close();
    }
    super.close();
  }

  /** Makes the operator in each subtask. */
  public static final class Factory extends AbstractStreamOperatorFactory<DeliveryPart>
      implements OneInputStreamOperatorFactory<AudienceInput, DeliveryPart> {
    private static final long serialVersionUID = 1L;

    private final FeedWriterSettings target;

    public Factory(FeedWriterSettings target) {
      this.target = target;
    }

    @Override
    // Flink declares the cast; the caller uses getStreamOperatorClass.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <O extends StreamOperator<DeliveryPart>> O createStreamOperator(
        StreamOperatorParameters<DeliveryPart> parameters) {
      return (O) new AudienceOperator(target, parameters);
    }

    @Override
    @SuppressWarnings("rawtypes") // As Flink declares it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return AudienceOperator.class;
    }
  }
}
