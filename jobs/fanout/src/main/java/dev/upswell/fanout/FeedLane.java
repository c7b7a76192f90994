package dev.upswell.fanout;

import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.redis.FeedPushes;
import dev.upswell.redis.RedisUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ObjIntConsumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes feeds, at most so many writes at a time. A write that fails is repeated by itself, because
 * feeds may be written in any order; after the time for repeating is over the job fails and Flink
 * goes back to the checkpoint.
 *
 * <p>Used by one subtask's thread; replies come to it as mails.
 */
final class FeedLane {
  private static final Logger LOG = LoggerFactory.getLogger(FeedLane.class);
  private static final long FIRST_BACKOFF_MILLIS = 50;
  private static final long LONGEST_BACKOFF_MILLIS = 2_000;

  private final FeedPushes pushes;
  private final int most;
  private final Duration retryFor;
  private final MailboxExecutor mailbox;
  private final ProcessingTimeService timers;
  private final ObjIntConsumer<FeedWrite> written;
  private int inFlight;
  private long retries;

  /**
   * A lane.
   *
   * @param most writes at a time; positive
   * @param written told of each write, and how many of its feeds were there
   */
  FeedLane(
      FeedPushes pushes,
      int most,
      Duration retryFor,
      MailboxExecutor mailbox,
      ProcessingTimeService timers,
      ObjIntConsumer<FeedWrite> written) {
    this.pushes = pushes;
    this.most = most;
    this.retryFor = retryFor;
    this.mailbox = mailbox;
    this.timers = timers;
    this.written = written;
  }

  /** Whether a write would not have to wait. */
  boolean hasRoom() {
    return inFlight < most;
  }

  int inFlight() {
    return inFlight;
  }

  long retries() {
    return retries;
  }

  /** Writes; waits while too many are on their way, and does other mails meanwhile. */
  void write(FeedWrite write) throws InterruptedException {
    while (!hasRoom()) {
      mailbox.yield();
    }
    inFlight++;
    send(write, 0, FIRST_BACKOFF_MILLIS);
  }

  /** Waits until everything is written. */
  void drain() throws InterruptedException {
    while (inFlight > 0) {
      mailbox.yield();
    }
  }

  private void send(FeedWrite write, long failingSince, long backoffMillis) {
    FanOut fanOut = write.progress().fanOut();
    CompletableFuture<Integer> found =
        fanOut.kind() == FanOut.Kind.PUSH
            ? pushes.push(fanOut.id(), fanOut.creatorId(), write.userIds())
            : pushes.drop(write.userIds());
    var unused =
        found.whenComplete(
            (count, failure) ->
                mail(
                    failure == null
                        ? () -> settle(write, count)
                        : () -> repeat(write, failure, failingSince, backoffMillis)));
  }

  /** Replies come in Redis' threads. */
  private void mail(Runnable settle) {
    try {
      mailbox.execute(settle::run, "replies of Redis");
    } catch (RejectedExecutionException e) {
      LOG.debug("a reply came after the subtask had ended", e);
    }
  }

  private void settle(FeedWrite write, int found) {
    inFlight--;
    written.accept(write, found);
  }

  private void repeat(FeedWrite write, Throwable failure, long failingSince, long backoffMillis) {
    long now = timers.getCurrentProcessingTime();
    long since = failingSince == 0 ? now : failingSince;
    if (failingSince == 0) {
      LOG.warn("writing feeds fails and is repeated for {}: {}", retryFor, failure.toString());
    }
    if (now - since >= retryFor.toMillis()) {
      throw new RedisUnavailableException(
          "Redis did not take pushes for " + retryFor + "; going back to the checkpoint", failure);
    }
    retries++;
    long next = Math.min(LONGEST_BACKOFF_MILLIS, 2 * backoffMillis);
    var unused = timers.registerTimer(now + backoffMillis, time -> send(write, since, next));
  }
}
