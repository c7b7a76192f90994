package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts batches on connections, with the limits that Lettuce, for which a batch is one command, does
 * not set: on the replies that are awaited and on the time for them. Thread-safe.
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
   * Sends a batch that is not empty.
   *
   * @param connection that of the server that has the keys
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
              "replies awaited: %d (expected: at most %d)".formatted(awaited, maxInFlight)));
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
      // Too late: it may have been repeated already, and must not come behind what followed.
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
