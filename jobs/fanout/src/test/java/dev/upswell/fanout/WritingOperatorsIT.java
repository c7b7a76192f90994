package dev.upswell.fanout;

import static io.lettuce.core.protocol.CommandType.LLEN;
import static io.lettuce.core.protocol.CommandType.RPUSH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.events.Control;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.fanout.audience.AudienceInput;
import dev.upswell.fanout.audience.AudienceOperator;
import dev.upswell.fanout.audience.FeedWriterSettings;
import dev.upswell.fanout.creator.CreatorFunction;
import dev.upswell.fanout.creator.CreatorInput;
import dev.upswell.fanout.rebuild.RebuildableOperator;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.creator.FanOutPolicy;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.redis.RedisFeedStoreReader;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import dev.upswell.runtime.redis.RedisWriteSettings;
import dev.upswell.testing.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The operators that write to Redis themselves, each for itself, with a real one. */
class WritingOperatorsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long CREATOR = 10;
  private static final int MANY = 3_000;

  private TestRedis redis;
  private FeedWriterSettings target;

  @BeforeEach
  void start(@TempDir Path dir) {
    redis = TestRedis.start(dir);
    target =
        new FeedWriterSettings(
            redis.settings(),
            new RedisWriteSettings(100, 10, Duration.ofSeconds(10)),
            FeedOptions.DEFAULT);
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  // ---- Audiences

  private final class Audiences implements AutoCloseable {
    private final KeyedOneInputStreamOperatorTestHarness<
            Tuple2<Long, Integer>, AudienceInput, DeliveryPart>
        harness;

    Audiences(Optional<OperatorSubtaskState> from) throws Exception {
      this(from, 0);
    }

    Audiences(Optional<OperatorSubtaskState> from, long startedAt) throws Exception {
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new AudienceOperator.Factory(target),
              AudienceInput::audience,
              Types.TUPLE(Types.LONG, Types.INT));
      harness.setup(FanoutTypes.DELIVERY_PART.createSerializer(new SerializerConfigImpl()));
      if (from.isPresent()) {
        harness.initializeState(from.get());
      }
      harness.setProcessingTime(startedAt);
      harness.open();
    }

    void take(AudienceInput input) throws Exception {
      harness.processElement(input, 0);
    }

    void join(long users) throws Exception {
      for (long user = 1; user <= users; user++) {
        take(new AudienceInput.Joined(CREATOR, 0, user, 1));
      }
    }

    void begin(long videoId) throws Exception {
      take(
          new AudienceInput.Begin(
              new FanOut(
                  FanOut.Kind.PUSH,
                  CREATOR,
                  videoId,
                  harness.getProcessingTime(),
                  harness.getProcessingTime(),
                  0,
                  1)));
    }

    void begin(FanOut fanOut) throws Exception {
      take(new AudienceInput.Begin(fanOut));
    }

    /** Returns the largest latency that was emitted for the adaptive threshold. */
    long maxLatency() {
      return harness.getSideOutput(AudienceOperator.LATENCIES).stream()
          .mapToLong(record -> record.getValue().max())
          .max()
          .orElse(0);
    }

    /** Does what came from Redis until so many fan-outs are over. */
    void awaitDone(int fanOuts) {
      await().atMost(SOON).pollInSameThread().until(() -> doMail() && done().size() == fanOuts);
    }

    private boolean doMail() throws Exception {
      Optional<Mail> mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
      while (mail.isPresent()) {
        mail.get().run();
        mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
      }
      return true;
    }

    List<DeliveryPart> done() {
      return harness.extractOutputValues();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private void giveFeeds(long from, long to) {
    Pipeline batch = new Pipeline();
    for (long user = from; user <= to; user++) {
      batch.integer(
          RPUSH, Pipeline.args().addKey(RedisKeys.feed(user)).addValue(FeedEntry.END.toBytes()));
    }
    redis.send(batch);
  }

  private List<Long> feedLengths(long users) {
    Pipeline batch = new Pipeline();
    List<RedisReply<Long>> lengths = new ArrayList<>();
    for (long user = 1; user <= users; user++) {
      lengths.add(batch.integer(LLEN, Pipeline.args().addKey(RedisKeys.feed(user))));
    }
    redis.send(batch);
    return lengths.stream().map(RedisReply::get).toList();
  }

  @Test
  void videosReachEachFollowerOnceAndEmptyAudiencesLeaveNoState() throws Exception {
    giveFeeds(1, MANY - 500);
    try (Audiences audiences = new Audiences(Optional.empty())) {
      audiences.join(7);
      audiences.begin(1);
      audiences.awaitDone(1);
      assertThat(audiences.done().get(0).pushed()).isEqualTo(7);

      audiences.join(MANY);
      audiences.begin(2);
      audiences.begin(3);
      audiences.awaitDone(3);
      assertThat(audiences.done().subList(1, 3))
          .allSatisfy(
              part -> {
                assertThat(part.planned()).isEqualTo(MANY);
                assertThat(part.pushed()).isEqualTo(MANY - 500);
                assertThat(part.cold()).isEqualTo(500);
              });
      assertThat(feedLengths(MANY).subList(7, MANY - 500)).containsOnly(3L);
      assertThat(feedLengths(MANY).subList(MANY - 500, MANY)).containsOnly(0L);

      for (long user = 1; user <= MANY; user++) {
        audiences.take(new AudienceInput.Left(CREATOR, 0, user));
      }
      audiences.harness.setProcessingTime(60_000);
      assertThat(audiences.harness.numKeyedStateEntries()).isZero();
      assertThat(audiences.harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void largeFanOutsContinueFromTheCheckpoint() throws Exception {
    giveFeeds(1, MANY);
    OperatorSubtaskState checkpoint;
    try (Audiences audiences = new Audiences(Optional.empty())) {
      audiences.join(MANY);
      audiences.begin(2);
      // The first block is on its way, and no reply has been taken yet.
      checkpoint = audiences.harness.snapshot(1, 0);
      assertThat(audiences.done()).isEmpty();
    }
    try (Audiences restored = new Audiences(Optional.of(checkpoint))) {
      restored.harness.setProcessingTime(60_000);
      restored.awaitDone(1);
      assertThat(restored.done().get(0).planned()).isEqualTo(MANY);
      assertThat(restored.done().get(0).pushed()).isEqualTo(MANY);
      // Once, or twice for the block without an acknowledgement.
      assertThat(feedLengths(MANY)).allSatisfy(length -> assertThat(length).isBetween(2L, 3L));
    }
  }

  @Test
  // In a thread of its own: closing the harness finishes the operator once more.
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void finishingOperatorRepeatsFailedWrites() throws Exception {
    try (Audiences audiences = new Audiences(Optional.empty())) {
      audiences.join(7);
      redis.server.stop();
      audiences.begin(1);
      var unused =
          CompletableFuture.runAsync(
              redis.server::restart, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));

      // Flink's timers do not go on by then, nor do they here.
      audiences.harness.getOperator().finish();

      assertThat(audiences.done()).singleElement().returns(7L, DeliveryPart::cold);
    }
  }

  // ---- Creators

  @Test
  void creatorsAreMarkedBeforePullAndReleasedByDroppingFeeds() throws Exception {
    FanOutPolicy creator = new FanOutPolicy(4, 100, 16, Duration.ofSeconds(20));
    PullHysteresis rule = new PullHysteresis(2, Duration.ofMinutes(1));
    RedisFeedStoreReader store = new RedisFeedStoreReader(redis.connection, FeedOptions.DEFAULT);
    try (var harness =
        new KeyedBroadcastOperatorTestHarness<Long, CreatorInput, Control, AudienceInput>(
            new RebuildableOperator<>(
                new CreatorFunction(target, creator, rule), List.of(CreatorFunction.PULL_ABOVE)),
            CreatorInput::creatorId,
            Types.LONG,
            1,
            1,
            0)) {
      harness.open();
      harness.setProcessingTime(1_000);
      for (int follower = 0; follower < 3; follower++) {
        harness.processElement(new CreatorInput.Counted(CREATOR, 1), 0);
      }
      assertThat(store.pulledCreators().join()).containsExactly(CREATOR);

      harness.processElement(new CreatorInput.Published(CREATOR, 1, 0, 0), 0);
      assertThat(harness.extractOutputValues()).hasSize(1);
      harness.setProcessingTime(22_000);
      harness.processElement(new CreatorInput.Published(CREATOR, 2, 0, 0), 0);
      assertThat(harness.extractOutputValues()).hasSize(1);
      assertThat(harness.getSideOutput(CreatorFunction.NOT_PUSHED)).hasSize(1);

      harness.processElement(new CreatorInput.Counted(CREATOR, -1), 0);
      harness.processElement(new CreatorInput.Counted(CREATOR, -1), 0);
      harness.setProcessingTime(90_000);
      assertThat(harness.extractOutputValues().get(1))
          .isEqualTo(
              new AudienceInput.Begin(
                  new FanOut(FanOut.Kind.DROP, CREATOR, 1_000, 82_000, 82_000, 0, 1)));
      // Readers go on merging until the feeds are dropped and a checkpoint is complete.
      assertThat(store.pulledCreators().join()).containsExactly(CREATOR);
      harness.processElement(new CreatorInput.Published(CREATOR, 3, 0, 0), 0);
      assertThat(harness.extractOutputValues()).hasSize(3);

      harness.processBroadcastElement(
          Control.newBuilder().setType(Control.Type.PULL_ABOVE).setPullAbove(0).build(), 0);
      assertThat(harness.extractOutputValues()).hasSize(3);
    }
  }

  @Test
  void latenciesAreThoseOfTheJobAndNotTheAgeOfTheRecord() throws Exception {
    try (Audiences audiences = new Audiences(Optional.empty())) {
      audiences.harness.setProcessingTime(100_000);
      audiences.join(3);
      audiences.begin(new FanOut(FanOut.Kind.PUSH, CREATOR, 1, 0, 99_900, 0, 1));
      audiences.awaitDone(1);

      assertThat(audiences.maxLatency()).isLessThan(200);
    }
  }

  @Test
  void timeBetweenFailureAndRestartIsNoLatency() throws Exception {
    OperatorSubtaskState state;
    try (Audiences audiences = new Audiences(Optional.empty())) {
      audiences.join(3);
      state = audiences.harness.snapshot(1, 0);
    }
    try (Audiences audiences = new Audiences(Optional.of(state), 100_000)) {
      audiences.begin(new FanOut(FanOut.Kind.PUSH, CREATOR, 1, 0, 1, 0, 1));
      audiences.awaitDone(1);

      assertThat(audiences.maxLatency()).isLessThan(200);
    }
  }
}
