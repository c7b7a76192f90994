package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lettuce command of an {@link InFlightPipeline}, which {@link PipelineHandler} keeps at the head
 * of the queue until all its replies have arrived.
 *
 * <p>It has two ends. The future completes when the caller must know: with the last reply, the loss
 * of the connection or the timeout. The command completes when no further reply can arrive. Until
 * then it keeps its place in the queue, otherwise later replies would be matched to other commands.
 */
final class PipelineCommand extends Command<byte[], byte[], String> {
  private final InFlightPipeline batch;
  private final Runnable ended;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /**
   * Creates a command.
   *
   * @param ended runs once, when no more replies can arrive
   */
  PipelineCommand(InFlightPipeline batch, Runnable ended) {
    // Lettuce treats a command without output as one without a reply; this output stays empty.
    super(batch.type(), new StatusOutput<>(ByteArrayCodec.INSTANCE));
    this.batch = batch;
    this.ended = ended;
  }

  /** Completes with the last reply; fails with {@link RedisUnavailableException}. */
  CompletableFuture<Void> done() {
    return done;
  }

  InFlightPipeline batch() {
    return batch;
  }

  @Override
  public void encode(ByteBuf out) {
    batch.writeTo(out);
  }

  @Override
  public void complete() {
    super.complete();
    end();
    Optional<RedisUnavailableException> refusal = batch.refusal();
    if (refusal.isEmpty()) {
      done.complete(null);
    } else {
      done.completeExceptionally(refusal.get());
    }
  }

  @Override
  public boolean completeExceptionally(Throwable cause) {
    super.completeExceptionally(cause);
    end();
    return done.completeExceptionally(
        new RedisUnavailableException(notAnswered(String.valueOf(cause.getMessage())), cause));
  }

  @Override
  public void cancel() {
    super.cancel();
    end();
    fail("cancelled");
  }

  /** Fails the future. The command stays in the queue and receives the late replies. */
  void timeOut(Duration limit) {
    fail("no reply within " + limit.toMillis() + " ms");
  }

  private void fail(String why) {
    done.completeExceptionally(new RedisUnavailableException(notAnswered(why)));
  }

  private String notAnswered(String why) {
    return "Redis did not answer " + batch.name() + ": " + why;
  }

  private void end() {
    if (hasEnded.compareAndSet(false, true)) {
      ended.run();
    }
  }
}
