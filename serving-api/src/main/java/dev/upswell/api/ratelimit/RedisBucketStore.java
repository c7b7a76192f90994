package dev.upswell.api.ratelimit;

import static io.lettuce.core.protocol.CommandType.EVAL;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets of Bucket4j in Redis, one value per key, updated by compare-and-set, so that
 * instances count exactly together.
 *
 * <p>Uses the shared connection, with its reply timeout and without a queue while Redis is
 * unavailable. Bucket4j's own Lettuce module would have neither. Thread-safe.
 */
final class RedisBucketStore extends AbstractCompareAndSwapBasedProxyManager<byte[]> {
  /** A bucket that was full again this long is forgotten. */
  private static final Duration KEPT_AFTER_FULL = Duration.ofSeconds(10);

  private static final byte[] REPLACE =
      """
      local stored = redis.call('GET', KEYS[1])
      if (ARGV[1] == '' and not stored) or stored == ARGV[1] then
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
      end
      return 0
      """
          .getBytes(US_ASCII);

  private static final byte[] NOTHING = {};

  private final RedisConnection redis;
  private final ExpirationAfterWriteStrategy ttl =
      ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_AFTER_FULL);

  RedisBucketStore(RedisConnection redis) {
    super(ClientSideConfig.getDefault());
    this.redis = redis;
  }

  @Override
  protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(byte[] key) {
    return new AsyncCompareAndSwapOperation() {
      @Override
      public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeoutNanos) {
        Pipeline batch = new Pipeline(1);
        RedisReply<byte[]> stored = batch.get(key);
        return redis.send(batch).thenApply(done -> stored.found());
      }

      @Override
      public CompletableFuture<Boolean> compareAndSwap(
          byte @Nullable [] original,
          byte[] replacement,
          RemoteBucketState state,
          Optional<Long> timeoutNanos) {
        long millis = ttl.calculateTimeToLiveMillis(state, currentTimeNanos());
        CommandArgs<byte[], byte[]> args =
            Pipeline.args()
                .add(REPLACE)
                .add(1)
                .addKey(key)
                .addValue(original == null ? NOTHING : original)
                .addValue(replacement)
                .add(Math.max(1, millis));
        Pipeline batch = new Pipeline(1);
        RedisReply<Long> done = batch.add(EVAL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args);
        return redis.send(batch).thenApply(answered -> done.get() == 1);
      }
    };
  }

  @Override
  protected CompletableFuture<Void> removeAsync(byte[] key) {
    Pipeline batch = new Pipeline(1);
    batch.del(key);
    return redis.send(batch);
  }

  @Override
  protected CompareAndSwapOperation beginCompareAndSwapOperation(byte[] key) {
    throw new UnsupportedOperationException("only asAsync()");
  }

  @Override
  public void removeProxy(byte[] key) {
    removeAsync(key).join();
  }

  @Override
  public boolean isAsyncModeSupported() {
    return true;
  }
}
