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
 * A stream to one client. Of what is sent, at most one event waits for a client that does not read:
 * the newest. Used by one thread.
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
   * A stream.
   *
   * @param seen time of the lists that the client has already, in Unix milliseconds; 0 for none
   * @param conflated counts lists that were left out because a newer one came
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
    if (at <= sentAs) {
      return;
    }
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

  /** Lets those in between know that the stream is not dead. */
  void stillThere(long nowNanos, Runnable taken) {
    if (!isTaking) {
      write(STILL_THERE, nowNanos, taken);
    }
  }

  /** The client took what was sent: what waits is next. */
  void taken(long nowNanos, Runnable next) {
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

  /** Whether the client has not read for so long that it is given up. */
  boolean isStalled(long nowNanos) {
    return isTaking && nowNanos - takingSince > STALLED_NANOS;
  }

  void close() {
    response.close();
  }

  /** Ends it, whatever waits. */
  void abort() {
    response.abort();
  }
}
