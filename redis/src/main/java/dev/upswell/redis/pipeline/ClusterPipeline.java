package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisFullException;
import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a {@link Pipeline} on their way to the nodes that have their keys: each by
 * itself, so that Lettuce follows it where its keys have moved to. Thread-safe.
 */
final class ClusterPipeline {
  private final List<RedisCommand<byte[], byte[], ?>> commands;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AtomicInteger unsettled;
  private volatile @Nullable RedisUnavailableException failure;

  /** Creates the commands of a pipeline that is not empty and no longer modified. */
  ClusterPipeline(Pipeline batch) {
    this.commands =
        batch.commands().stream().<RedisCommand<byte[], byte[], ?>>map(Member::new).toList();
    this.unsettled = new AtomicInteger(commands.size());
  }

  List<RedisCommand<byte[], byte[], ?>> commands() {
    return commands;
  }

  /** Completes when every command has its reply, or with a failure once all are settled. */
  CompletableFuture<Void> done() {
    return done;
  }

  void fail(Throwable cause) {
    commands.forEach(command -> command.completeExceptionally(cause));
  }

  void cancel() {
    commands.forEach(RedisCommand::cancel);
  }

  private void settled() {
    if (unsettled.decrementAndGet() == 0) {
      RedisUnavailableException cause = failure;
      if (cause == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(cause);
      }
    }
  }

  private void settledBy(RedisUnavailableException cause) {
    failure = cause;
    settled();
  }

  /** A command that counts down its pipeline once, when it is answered, failed or cancelled. */
  private final class Member<T> extends Command<byte[], byte[], T> {
    Member(Command<byte[], byte[], T> command) {
      super(command.getType(), command.getOutput(), command.getArgs());
    }

    @Override
    public void complete() {
      boolean first = !isDone();
      super.complete();
      if (first) {
        if (getOutput().hasError()) {
          settledBy(RedisFullException.ofRefusal(this));
        } else {
          settled();
        }
      }
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
      boolean first = !isDone();
      boolean completed = super.completeExceptionally(cause);
      if (first) {
        settledBy(
            new RedisUnavailableException(
                "Redis did not answer " + getType() + ": " + cause.getMessage(), cause));
      }
      return completed;
    }

    @Override
    public void cancel() {
      boolean first = !isDone();
      super.cancel();
      if (first) {
        settledBy(new RedisUnavailableException("Redis did not answer " + getType() + " in time"));
      }
    }
  }
}
