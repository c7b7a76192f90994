package dev.upswell.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.tracking.TrackingSession;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks invalidations of keys that were read through a connection in a server's thread. */
class KeyTrackingIT {
  private static final byte[] KEY = TestLists.KEYS.of(1);
  private static final byte[] OTHER = TestLists.KEYS.of(2);

  private final BlockingQueue<String> invalidated = new LinkedBlockingQueue<>();
  private final MultiThreadIoEventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop thread = (EventLoop) threads.next();
  private LocalRedis local;
  private RedisConnection writer;
  private RedisConnection reader;

  @BeforeEach
  void start(@TempDir Path directory) {
    local = LocalRedis.start(directory);
    writer = local.connection;
    reader = RedisConnection.open(RedisOptions.of(local.server.uri()), List.of(thread));
  }

  @AfterEach
  void stop() throws Exception {
    reader.close();
    local.close();
    threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  private TrackingSession track() {
    reader.track((tracking, key) -> invalidated.add(US_ASCII.decode(key.duplicate()).toString()));
    return awaitTracking();
  }

  private TrackingSession awaitTracking() {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> inThread(reader::tracking), Optional::isPresent)
        .orElseThrow();
  }

  private <T> T inThread(Callable<T> call) throws Exception {
    return thread.submit(call).get(20, TimeUnit.SECONDS);
  }

  /** Reads both keys in the thread, one of them tracked. */
  private void readBoth() throws Exception {
    inThread(
            () -> {
              Pipeline batch = new Pipeline();
              batch.tracked();
              batch.get(KEY);
              batch.get(OTHER);
              return reader.send(batch);
            })
        .get(20, TimeUnit.SECONDS);
  }

  private void write(byte[] key) {
    Pipeline batch = new Pipeline();
    batch.set(key, new byte[] {1});
    writer.send(batch).join();
  }

  private void run(CommandType command, String... args) {
    Pipeline batch = new Pipeline();
    var all = Pipeline.args();
    List.of(args).forEach(all::add);
    batch.add(command, new StatusOutput<>(ByteArrayCodec.INSTANCE), all);
    writer.send(batch).join();
  }

  private void awaitToldAsOfNow(TrackingSession tracking) {
    long now = System.nanoTime();
    await().atMost(Duration.ofSeconds(20)).until(() -> tracking.isConfirmedAt(now));
  }

  @Test
  void trackedKeysAreInvalidatedOnce() throws Exception {
    TrackingSession tracking = track();
    readBoth();
    write(OTHER);
    write(KEY);
    write(KEY);

    awaitToldAsOfNow(tracking);
    assertThat(invalidated).containsExactly(US_ASCII.decode(ByteBuffer.wrap(KEY)).toString());
  }

  @Test
  void missingKeysAreInvalidatedWhenCreated() throws Exception {
    TrackingSession tracking = track();
    readBoth();
    awaitToldAsOfNow(tracking);
    assertThat(invalidated).isEmpty();
    write(KEY);

    awaitToldAsOfNow(tracking);
    assertThat(invalidated).hasSize(1);
  }

  @Test
  void expiredKeysAreInvalidated() throws Exception {
    track();
    write(KEY);
    readBoth();
    Pipeline batch = new Pipeline();
    batch.expire(KEY, Duration.ofSeconds(1));
    writer.send(batch).join();
    assertThat(invalidated.poll(20, TimeUnit.SECONDS)).as("that it will").isNotNull();
    readBoth();

    assertThat(invalidated.poll(20, TimeUnit.SECONDS)).as("that it has").isNotNull();
  }

  @Test
  void nothingIsConfirmedWhileTheServerIsPaused() {
    TrackingSession tracking = track();
    awaitToldAsOfNow(tracking);
    local.server.pause();
    long paused = System.nanoTime();
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> reader.pipelinesInFlight() > 0);
      assertThat(tracking.isConfirmedAt(paused)).isFalse();
    } finally {
      local.server.resume();
    }
    awaitToldAsOfNow(tracking);
  }

  @Test
  void trackingRestartsAfterAReconnect() throws Exception {
    TrackingSession lost = track();
    readBoth();
    Pipeline kill = new Pipeline();
    kill.integer(
        CommandType.CLIENT,
        Pipeline.args().add("KILL").add("TYPE").add("normal").add("SKIPME").add("yes"));
    writer.send(kill).join();
    await().atMost(Duration.ofSeconds(20)).until(() -> !lost.isConfirmedAt(System.nanoTime() - 1));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> inThread(reader::tracking).filter(now -> now != lost).isPresent());
    TrackingSession next = awaitTracking();
    awaitToldAsOfNow(next);
    assertThat(lost.isConfirmedAt(System.nanoTime() - TimeUnit.HOURS.toNanos(1))).isFalse();

    readBoth();
    write(KEY);
    awaitToldAsOfNow(next);
    assertThat(invalidated).hasSize(1);
  }

  @Test
  void flushInvalidatesEarlierReads() throws Exception {
    TrackingSession before = track();
    readBoth();
    run(CommandType.FLUSHALL);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> inThread(reader::tracking).filter(now -> now != before).isPresent());
    assertThat(before.isConfirmedAt(System.nanoTime() - TimeUnit.HOURS.toNanos(1))).isFalse();
    TrackingSession now = awaitTracking();
    readBoth();
    write(KEY);
    awaitToldAsOfNow(now);
    assertThat(invalidated).hasSize(1);
  }

  @Test
  void serverWithoutTrackingStillReplies() throws Exception {
    run(CommandType.ACL, "SETUSER", "default", "-client");
    reader.track((tracking, key) -> {});

    Pipeline batch = new Pipeline();
    batch.set(KEY, new byte[] {1});
    inThread(() -> reader.send(batch)).get(20, TimeUnit.SECONDS);
    assertThat(inThread(reader::tracking)).isEmpty();
    assertThat(writer.tracking()).isEmpty();
  }
}
