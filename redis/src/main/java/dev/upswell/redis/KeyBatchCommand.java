package dev.upswell.redis;

import io.lettuce.core.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A {@link KeyBatch} under way. For Lettuce it is a single command, which {@link KeyBatchHandler}
 * keeps at the head of those that wait until all its replies are there.
 *
 * <p>Two ends are told apart. The future ends when the caller has to know: with the last reply, the
 * loss of the connection or the end of the time. The command ends when no reply to it can come any
 * more; until then it has its place in the queue, or later replies would be taken for its own.
 */
final class KeyBatchCommand extends Command<byte[], byte[], long[]> {
  private final KeyBatch batch;
  private final KeyBatchOutput replies;
  private final Runnable redirected;
  private final Runnable ended;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private final CompletableFuture<long[]> answers = new CompletableFuture<>();

  /**
   * A command that was not sent yet.
   *
   * @param redirected is run when a key belongs to another node of the cluster
   * @param ended is run once, when no more replies can come
   */
  KeyBatchCommand(KeyBatch batch, Runnable redirected, Runnable ended) {
    this(batch, new KeyBatchOutput(batch), redirected, ended);
  }

  private KeyBatchCommand(
      KeyBatch batch, KeyBatchOutput replies, Runnable redirected, Runnable ended) {
    super(batch.type(), replies);
    this.batch = batch;
    this.replies = replies;
    this.redirected = redirected;
    this.ended = ended;
  }

  /** Completes with the integer of each key; fails with {@link RedisUnavailableException}. */
  CompletableFuture<long[]> answers() {
    return answers;
  }

  KeyBatchOutput replies() {
    return replies;
  }

  @Override
  public void encode(ByteBuf out) {
    batch.writeTo(out);
  }

  @Override
  public void complete() {
    super.complete();
    end();
    if (replies.isRedirected()) {
      redirected.run();
    }
    Optional<String> refusal = replies.refusal();
    if (refusal.isEmpty()) {
      answers.complete(replies.get());
    } else {
      answers.completeExceptionally(
          new RedisUnavailableException("Redis refused " + refusal.get()));
    }
  }

  @Override
  public boolean completeExceptionally(Throwable cause) {
    super.completeExceptionally(cause);
    end();
    return answers.completeExceptionally(
        new RedisUnavailableException(
            "Redis did not answer " + what() + cause.getMessage(), cause));
  }

  @Override
  public void cancel() {
    super.cancel();
    end();
    answers.completeExceptionally(
        new RedisUnavailableException("Redis did not answer " + what() + "cancelled"));
  }

  /** Fails the future; the command stays where it is, and takes the replies that come late. */
  void timeOut(Duration limit) {
    answers.completeExceptionally(
        new RedisUnavailableException(
            "Redis did not answer " + what() + "no reply within " + limit.toMillis() + " ms"));
  }

  private String what() {
    return "%s of %d keys: ".formatted(batch.type(), batch.size());
  }

  private void end() {
    if (hasEnded.compareAndSet(false, true)) {
      ended.run();
    }
  }
}
