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
 * A {@link InFlightPipeline} under way. For Lettuce it is a single command, which {@link
 * PipelineHandler} keeps at the head of those that wait until all its replies are there.
 *
 * <p>Two ends are told apart. The future ends when the caller has to know: with the last reply, the
 * loss of the connection or the end of the time. The command ends when no reply to it can come any
 * more; until then it has its place in the queue, or later replies would be taken for its own.
 */
final class PipelineCommand extends Command<byte[], byte[], String> {
  private final InFlightPipeline batch;
  private final Runnable ended;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /**
   * A command that was not sent yet.
   *
   * @param ended is run once, when no more replies can come
   */
  PipelineCommand(InFlightPipeline batch, Runnable ended) {
    // Lettuce holds a command without an output for one without a reply; this one stays empty.
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

  /** Fails the future; the command stays where it is, and takes the replies that come late. */
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
