package dev.upswell.api.trace;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs requests: endpoint, status, duration and trace. Never the path, which has user ids, nor
 * headers. Thread-safe.
 */
public final class RequestLogWriter implements AccessLogWriter {
  private static final Logger LOG = LoggerFactory.getLogger("request");
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Which which;

  /** Requests that are logged. */
  public enum Which {
    /** No requests. */
    NONE,
    /** Requests that failed (5xx), or took a second and were no streams. */
    FAILED,
    /** All requests. */
    ALL
  }

  /** Writes lines of these. */
  public RequestLogWriter(Which which) {
    this.which = which;
  }

  @Override
  public void log(RequestLog log) {
    boolean failed =
        log.responseStatus().code() >= HttpStatus.INTERNAL_SERVER_ERROR.code()
            || (log.totalDurationNanos() >= SLOW_NANOS && !isStream(log));
    if (which == Which.NONE || (which == Which.FAILED && !failed)) {
      return;
    }
    ServiceRequestContext ctx = (ServiceRequestContext) log.context();
    LOG.atInfo()
        .addKeyValue("trace", Trace.of(ctx).id())
        .addKeyValue("method", ctx.method().name())
        .addKeyValue("route", ctx.config().route().patternString())
        .addKeyValue("status", log.responseStatus().codeAsText())
        .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(log.totalDurationNanos()))
        .log("{} {}", ctx.config().route().patternString(), log.responseStatus().code());
  }

  private static boolean isStream(RequestLog log) {
    MediaType type = log.responseHeaders().contentType();
    return type != null && type.belongsTo(MediaType.EVENT_STREAM);
  }
}
