package dev.upswell.runtime.redis;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisUnavailableException;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.runtime.redis.RedisCommandEncoder.AfterWrite;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes elements in order, with a limit on unacknowledged elements.
 *
 * <p>A pipeline is sent as soon as there is room, with all elements that wait by then. With an idle
 * Redis each element is sent alone and at once; under load pipelines fill up.
 *
 * <p>After a failed pipeline, nothing is sent until all others have their replies. Then everything
 * from the failed pipeline on is retried. Later pipelines that had succeeded are repeated, so that
 * the last write of any key is that of the last element. After the retry time the job fails and
 * Flink restores the checkpoint.
 *
 * <p>Used by the thread of one subtask. Replies arrive as mails.
 *
 * @param <T> element
 */
final class OrderedRedisWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(OrderedRedisWriter.class);
  private static final int BATCHES_IN_FLIGHT = 4;

  private final RedisConnection redis;
  private final RedisCommandEncoder<T> writes;
  private final RedisWriteSettings settings;
  private final MailboxExecutor mailbox;
  private final MailboxCallbacks mails;
  private final ProcessingTimeService clock;
  private final Consumer<T> written;

  private final Deque<T> waiting = new ArrayDeque<>();
  private final Deque<Sent<T>> inFlight = new ArrayDeque<>();
  private int pendingWrites;
  private boolean backingOff;
  private RetryBackoff outage = RetryBackoff.NONE;
  private long retries;

  OrderedRedisWriter(
      RedisConnection redis,
      RedisCommandEncoder<T> writes,
      RedisWriteSettings settings,
      MailboxExecutor mailbox,
      ProcessingTimeService clock,
      Consumer<T> written) {
    this.redis = redis;
    this.writes = writes;
    this.settings = settings;
    this.mailbox = mailbox;
    this.mails = new MailboxCallbacks(redis, mailbox);
    this.clock = clock;
    this.written = written;
  }

  /** Adds an element; waits while too many are unacknowledged. */
  void add(T element) throws InterruptedException {
    while (pendingWrites >= settings.maxInFlight()) {
      mailbox.yield();
    }
    pendingWrites++;
    waiting.add(element);
    send();
  }

  /** Waits until everything is written. */
  void drain() throws InterruptedException {
    while (pendingWrites > 0) {
      mailbox.yield();
    }
  }

  /** Elements taken and not written. */
  int pendingWrites() {
    return pendingWrites;
  }

  /** Returns the number of retries. */
  long retries() {
    return retries;
  }

  private void send() {
    while (!backingOff && !waiting.isEmpty() && inFlight.size() < BATCHES_IN_FLIGHT) {
      Pipeline batch = new Pipeline(settings.batch());
      Sent<T> sent = new Sent<>();
      while (!waiting.isEmpty() && sent.elements.size() < settings.batch()) {
        T element = waiting.remove();
        sent.elements.add(element);
        sent.afterwards.add(writes.add(element, batch));
      }
      inFlight.add(sent);
      var unused =
          redis
              .send(batch)
              .whenComplete(
                  (done, failure) -> mails.send(() -> settle(sent, Optional.ofNullable(failure))));
    }
  }

  private void settle(Sent<T> sent, Optional<Throwable> failure) {
    sent.settled = true;
    sent.failure = failure;
    while (!inFlight.isEmpty() && inFlight.peek().succeeded()) {
      finish(inFlight.remove());
    }
    if (inFlight.stream().noneMatch(Sent::failed)) {
      send();
    } else if (!backingOff) {
      // Nothing more is sent, so every pipeline in flight will be answered.
      backingOff = true;
    }
    if (backingOff && inFlight.stream().allMatch(each -> each.settled)) {
      repeat();
    }
  }

  private void finish(Sent<T> sent) {
    outage = RetryBackoff.NONE;
    for (int i = 0; i < sent.elements.size(); i++) {
      sent.afterwards.get(i).written(redis);
      pendingWrites--;
      written.accept(sent.elements.get(i));
    }
  }

  private void repeat() {
    Throwable cause = inFlight.element().failure.orElseThrow();
    long now = clock.getCurrentProcessingTime();
    if (!outage.isFailing()) {
      LOG.warn(
          "writes to Redis failed, retrying for {}: {}", settings.retryFor(), cause.toString());
    }
    Duration wait = outage.backoff();
    outage = outage.next(now);
    if (outage.lasts(settings.retryFor(), now)) {
      throw new RedisUnavailableException(
          "writes to Redis failed for " + settings.retryFor() + "; restarting from the checkpoint",
          cause);
    }
    for (Iterator<Sent<T>> latest = inFlight.descendingIterator(); latest.hasNext(); ) {
      List<T> elements = latest.next().elements;
      for (int i = elements.size() - 1; i >= 0; i--) {
        waiting.addFirst(elements.get(i));
      }
    }
    inFlight.clear();
    retries++;
    mails.sendAfter(
        wait,
        () -> {
          backingOff = false;
          send();
        });
  }

  /** A batch on its way. */
  private static final class Sent<T> {
    private final List<T> elements = new ArrayList<>();
    private final List<AfterWrite> afterwards = new ArrayList<>();
    private boolean settled;
    private Optional<Throwable> failure = Optional.empty();

    boolean succeeded() {
      return settled && failure.isEmpty();
    }

    boolean failed() {
      return failure.isPresent();
    }
  }
}
