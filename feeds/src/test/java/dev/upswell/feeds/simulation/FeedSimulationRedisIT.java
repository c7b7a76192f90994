package dev.upswell.feeds.simulation;

import static io.lettuce.core.protocol.CommandType.FLUSHALL;

import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.feeds.FeedReads;
import dev.upswell.feeds.FeedWrites;
import dev.upswell.feeds.redis.RedisFeedStore;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisBatch;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The same histories against a real Redis; there each call of the store is one step. */
class FeedSimulationRedisIT {
  private static RedisProcess server;
  private static RedisConnection redis;

  @BeforeContainer
  static void start() throws IOException {
    Path dir = Files.createTempDirectory("upswell-redis");
    dir.toFile().deleteOnExit();
    server = RedisProcess.start(dir);
    redis = RedisConnection.open(RedisSettings.of(server.uri()));
  }

  @AfterContainer
  static void stop() {
    redis.close();
    server.close();
  }

  @Provide
  Arbitrary<List<Event>> histories() {
    return Event.any().list().ofMinSize(10).ofMaxSize(60);
  }

  @Property(tries = 100)
  void everyFeedEqualsTheModelInAnyInterleaving(
      @ForAll("histories") List<Event> history, @ForAll long seed) {
    RedisBatch flush = new RedisBatch();
    flush.add(FLUSHALL, new StatusOutput<>(ByteArrayCodec.INSTANCE), RedisBatch.args());
    redis.send(flush).join();

    new FeedSimulation(FeedSimulationTest.SETTINGS, new InRedis(), seed).run(history);
  }

  private static final class InRedis implements StoreUnderTest {
    private final RedisFeedStore store = new RedisFeedStore(redis, FeedSimulationTest.SETTINGS);

    @Override
    public FeedReads reads(Executor steps) {
      return stepwise(FeedReads.class, steps);
    }

    @Override
    public FeedWrites writes(Executor steps) {
      return stepwise(FeedWrites.class, steps);
    }

    /** Every call waits until it is its turn, and is over before the next step. */
    private <T> T stepwise(Class<T> view, Executor steps) {
      Object proxy =
          Proxy.newProxyInstance(
              view.getClassLoader(),
              new Class<?>[] {view},
              (self, method, arguments) ->
                  CompletableFuture.supplyAsync(
                      (Supplier<Object>)
                          () -> {
                            try {
                              return ((CompletableFuture<?>) method.invoke(store, arguments))
                                  .join();
                            } catch (ReflectiveOperationException e) {
                              throw new LinkageError("not a call of the store", e);
                            }
                          },
                      steps));
      return view.cast(proxy);
    }

    @Override
    public void expire(long user) {
      RedisBatch drop = new RedisBatch();
      drop.del(RedisKeys.feed(user));
      redis.send(drop).join();
    }
  }
}
