package dev.upswell.runtime.redis;

import dev.upswell.redis.RedisConnection;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a subtask's thread do what follows from replies of Redis, at once or in a while. Thread-safe.
 *
 * <p>A while is not measured by Flink's timers: when the stream ends or the job is stopped those
 * are over before {@code finish} is called, which would then wait for ever for a write that is to
 * be repeated.
 */
public final class MailboxCallbacks {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxCallbacks.class);

  private final RedisConnection redis;
  private final MailboxExecutor mailbox;

  /** Mails of a subtask about one connection. */
  public MailboxCallbacks(RedisConnection redis, MailboxExecutor mailbox) {
    this.redis = redis;
    this.mailbox = mailbox;
  }

  /** Has the subtask's thread do something; never if the subtask has ended. */
  public void send(Runnable task) {
    try {
      mailbox.execute(task::run, "replies of Redis");
    } catch (RejectedExecutionException e) {
      LOG.debug("a reply came after the subtask had ended", e);
    }
  }

  /** As {@link #send}, after a delay. */
  public void sendAfter(Duration delay, Runnable task) {
    redis.runAfter(delay, () -> send(task));
  }
}
