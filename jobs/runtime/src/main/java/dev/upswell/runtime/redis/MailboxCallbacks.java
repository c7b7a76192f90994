package dev.upswell.runtime.redis;

import dev.upswell.redis.RedisConnection;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callbacks of Redis replies in the thread of a subtask, at once or after a delay.
 * Thread-safe.
 *
 * <p>Delays do not use Flink's timers. These end before {@code finish} at the end of the stream,
 * and {@code finish} would wait indefinitely for a retry.
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
      LOG.debug("dropped a reply after the end of the subtask", e);
    }
  }

  /** Runs a task like {@link #send}, after a delay. */
  public void sendAfter(Duration delay, Runnable task) {
    redis.runAfter(delay, () -> send(task));
  }
}
