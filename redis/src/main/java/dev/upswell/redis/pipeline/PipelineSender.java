package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends pipelines over connections, and limits their pending replies and their time. Lettuce counts
 * a pipeline as one command and sets no such limits. Thread-safe.
 */
public final class PipelineSender {
  private final ReplyTimeouts deadlines;
  private final int maxInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();

  public PipelineSender(ReplyTimeouts deadlines, int maxInFlight) {
    this.deadlines = deadlines;
    this.maxInFlight = maxInFlight;
  }

  /**
   * Sends a pipeline that is not empty.
   *
   * @param connection to the server with the keys
   * @return completes with the last reply; fails with {@link RedisUnavailableException}
   */
  CompletableFuture<Void> send(
      InFlightPipeline batch,
      CompletionStage<? extends StatefulConnection<byte[], byte[]>> connection) {
    int replies = batch.size();
    PipelineCommand command = new PipelineCommand(batch, () -> inFlight.addAndGet(-replies));
    int awaited = inFlight.addAndGet(replies);
    if (awaited > maxInFlight) {
      command.completeExceptionally(
          new IllegalStateException(
              "pending replies: %d (expected: at most %d)".formatted(awaited, maxInFlight)));
      return command.done();
    }
    connection.whenComplete(
        (connected, failed) -> {
          if (failed == null) {
            dispatch(command, connected);
          } else {
            command.completeExceptionally(failed);
          }
        });
    return deadlines.watch(command.done(), () -> command.timeOut(deadlines.limit()));
  }

  private static void dispatch(
      PipelineCommand command, StatefulConnection<byte[], byte[]> connection) {
    if (command.done().isDone()) {
      // Timed out before it was sent. It may have been retried already and must not follow later
      // commands.
      command.cancel();
      return;
    }
    try {
      connection.dispatch(command);
    } catch (RuntimeException e) {
      command.completeExceptionally(e);
    }
  }
}
