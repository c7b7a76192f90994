package dev.upswell.fanout.audience;

import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.redis.FeedPushWriter;
import dev.upswell.redis.RedisUnavailableException;
import dev.upswell.runtime.redis.MailboxCallbacks;
import dev.upswell.runtime.redis.RetryBackoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjIntConsumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes to feeds with a limit on concurrent writes. A failed write is retried alone, because feeds
 * may be written in any order. After the retry time the job fails and Flink restores the
 * checkpoint.
 *
 * <p>Used by the thread of one subtask. Replies arrive as mails.
 */
final class FeedWriter {
  private static final Logger LOG = LoggerFactory.getLogger(FeedWriter.class);

  private final FeedPushWriter pushes;
  private final int most;
  private final Duration retryFor;
  private final MailboxExecutor mailbox;
  private final MailboxCallbacks mails;
  private final ProcessingTimeService clock;
  private final ObjIntConsumer<FeedWrite> written;
  private int inFlight;
  private long retries;

  /**
   * Creates a writer.
   *
   * @param most maximum concurrent writes; positive
   * @param written receives each write and the number of existing feeds in it
   */
  FeedWriter(
      FeedPushWriter pushes,
      int most,
      Duration retryFor,
      MailboxExecutor mailbox,
      MailboxCallbacks mails,
      ProcessingTimeService clock,
      ObjIntConsumer<FeedWrite> written) {
    this.pushes = pushes;
    this.most = most;
    this.retryFor = retryFor;
    this.mailbox = mailbox;
    this.mails = mails;
    this.clock = clock;
    this.written = written;
  }

  /** Returns whether a write can be sent without waiting. */
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
    send(write, RetryBackoff.NONE);
  }

  /** Waits until everything is written. */
  void drain() throws InterruptedException {
    while (inFlight > 0) {
      mailbox.yield();
    }
  }

  private void send(FeedWrite write, RetryBackoff outage) {
    FanOut fanOut = write.progress().fanOut();
    CompletableFuture<Integer> found =
        fanOut.kind() == FanOut.Kind.PUSH
            ? pushes.push(fanOut.id(), fanOut.creatorId(), write.userIds())
            : pushes.drop(write.userIds());
    var unused =
        found.whenComplete(
            (count, failure) ->
                mails.send(
                    failure == null
                        ? () -> settle(write, count)
                        : () -> repeat(write, failure, outage)));
  }

  private void settle(FeedWrite write, int found) {
    inFlight--;
    written.accept(write, found);
  }

  private void repeat(FeedWrite write, Throwable failure, RetryBackoff outage) {
    long now = clock.getCurrentProcessingTime();
    if (!outage.isFailing()) {
      LOG.warn("pushes failed, retrying for {}: {}", retryFor, failure.toString());
    }
    RetryBackoff longer = outage.next(now);
    if (longer.lasts(retryFor, now)) {
      throw new RedisUnavailableException(
          "pushes failed for " + retryFor + "; restarting from the checkpoint", failure);
    }
    retries++;
    mails.sendAfter(outage.backoff(), () -> send(write, longer));
  }
}
