package dev.upswell.redis;

import io.lettuce.core.api.StatefulConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts batches on connections, with the limits that Lettuce, for which a batch is one command, does
 * not set: on the replies that are awaited and on the time for them. Thread-safe.
 */
final class KeyBatchSender {
  private final ReplyDeadlines deadlines;
  private final int maxInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();

  KeyBatchSender(ReplyDeadlines deadlines, int maxInFlight) {
    this.deadlines = deadlines;
    this.maxInFlight = maxInFlight;
  }

  /**
   * Sends a batch that is not empty.
   *
   * @param connection that of the node that has the keys
   * @param redirected is run when the node says that a key belongs to another
   */
  CompletableFuture<long[]> send(
      KeyBatch batch,
      CompletionStage<? extends StatefulConnection<byte[], byte[]>> connection,
      Runnable redirected) {
    int replies = batch.replies();
    KeyBatchCommand command =
        new KeyBatchCommand(batch, redirected, () -> inFlight.addAndGet(-replies));
    int awaited = inFlight.addAndGet(replies);
    if (awaited > maxInFlight) {
      command.completeExceptionally(
          new IllegalStateException(
              "replies awaited: %d (expected: at most %d)".formatted(awaited, maxInFlight)));
      return command.answers();
    }
    connection.whenComplete(
        (connected, failed) -> {
          if (failed == null) {
            dispatch(command, connected);
          } else {
            command.completeExceptionally(failed);
          }
        });
    return deadlines.watch(command.answers(), () -> command.timeOut(deadlines.limit()));
  }

  private static void dispatch(
      KeyBatchCommand command, StatefulConnection<byte[], byte[]> connection) {
    if (command.answers().isDone()) {
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
