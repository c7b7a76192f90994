package dev.upswell.api.trending;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.micrometer.core.instrument.Counter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream to one client. At most one event is queued for a client that does not read: the newest.
 * Used by one thread.
 */
final class TrendingStream {
  private static final long STALLED_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final HttpData STILL_THERE = HttpData.ofUtf8(":\n\n");

  private final HttpResponseWriter response;
  private final Counter conflated;
  private long sentAs;
  private @Nullable HttpData waiting;
  private boolean isTaking;
  private long takingSince;

  /**
   * Creates a stream.
   *
   * @param seen time of the lists that the client has, in Unix milliseconds; 0 for none
   * @param conflated counts lists that were replaced by a newer one
   */
  TrendingStream(HttpResponseWriter response, long seen, Counter conflated) {
    this.response = response;
    this.sentAs = seen;
    this.conflated = conflated;
    response.write(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build());
  }

  boolean isOpen() {
    return response.isOpen();
  }

  /**
   * Sends lists that the client has not got yet.
   *
   * @param at their time, in Unix milliseconds
   */
  void send(long at, HttpData event, long nowNanos, Runnable taken) {
    if (at > sentAs) {
      queue(at, event, nowNanos, taken);
    }
  }

  /**
   * Sends lists again after a change of their content.
   *
   * @param at their time, in Unix milliseconds
   */
  void sendAgain(long at, HttpData event, long nowNanos, Runnable taken) {
    if (at >= sentAs) {
      queue(at, event, nowNanos, taken);
    }
  }

  private void queue(long at, HttpData event, long nowNanos, Runnable taken) {
    sentAs = at;
    if (isTaking) {
      if (waiting != null) {
        conflated.increment();
      }
      waiting = event;
    } else {
      write(event, nowNanos, taken);
    }
  }

  /** Sends a comment, so that proxies keep the connection. */
  void keepAlive(long nowNanos, Runnable taken) {
    if (!isTaking) {
      write(STILL_THERE, nowNanos, taken);
    }
  }

  /** Handles that the client has received the last event, and sends the queued one. */
  void decoded(long nowNanos, Runnable next) {
    isTaking = false;
    HttpData event = waiting;
    waiting = null;
    if (event != null) {
      write(event, nowNanos, next);
    }
  }

  private void write(HttpData event, long nowNanos, Runnable taken) {
    if (response.tryWrite(event)) {
      isTaking = true;
      takingSince = nowNanos;
      var unused = response.whenConsumed().thenRun(taken);
    }
  }

  /** Returns whether the client has not read for the maximum time. */
  boolean isStalled(long nowNanos) {
    return isTaking && nowNanos - takingSince > STALLED_NANOS;
  }

  void close() {
    response.close();
  }

  /** Closes the stream and drops its queue. */
  void abort() {
    response.abort();
  }
}
