package dev.upswell.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.feeds.redis.RedisFeedStoreReader;
import dev.upswell.feeds.redis.RedisFeedStoreWriter;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.testing.TestRedis;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same histories against a real Redis; there each call of the store is one step. */
class FeedSimulationRedisIT {
  @AutoClose private static TestRedis redis;

  @BeforeAll
  static void start(@TempDir Path directory) {
    redis = TestRedis.start(directory);
  }

  @Test
  void everyFeedEqualsTheModelInAnyInterleaving() {
    Outcome outcome = FailureSearch.on(InRedis::new).play(System.nanoTime(), 150);
    assertThat(outcome.pages().get(Source.WARM)).isGreaterThan(100);
  }

  private static final class InRedis implements SimulatedStore {
    private final FeedStoreReader reader =
        new RedisFeedStoreReader(redis.connection, FeedSimulation.SETTINGS);
    private final FeedStoreWriter writer =
        new RedisFeedStoreWriter(redis.connection, FeedSimulation.SETTINGS);

    InRedis() {
      redis.flushAll();
    }

    @Override
    public FeedStoreReader reads(Executor steps) {
      return stepwise(FeedStoreReader.class, reader, steps);
    }

    @Override
    public FeedStoreWriter writes(Executor steps) {
      return stepwise(FeedStoreWriter.class, writer, steps);
    }

    /** Returns a store with each call as one step of the executor. */
    private <T> T stepwise(Class<T> view, T store, Executor steps) {
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
      Pipeline drop = new Pipeline();
      drop.del(RedisKeys.feed(user));
      drop.del(RedisKeys.feedSnapshot(user));
      redis.send(drop);
    }
  }
}
