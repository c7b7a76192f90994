package dev.upswell.api.trace;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Trace of a request (W3C Trace Context): the caller's, or a new one that is not sampled. */
public final class Trace {
  private static final AttributeKey<Trace> KEY = AttributeKey.valueOf("upswell.trace");
  private static final Headers HEADERS = new Headers();

  private final SpanContext span;

  private Trace(SpanContext span) {
    this.span = span;
  }

  /** Returns the trace that the request got on arrival. */
  public static Trace of(ServiceRequestContext ctx) {
    Trace stored = ctx.attr(KEY);
    return stored == null ? create() : stored;
  }

  /** Accepts the caller's trace or creates one, and stores it in the request. */
  static Trace accept(ServiceRequestContext ctx, RequestHeaders headers) {
    Context extracted =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
    SpanContext caller = Span.fromContext(extracted).getSpanContext();
    Trace trace = caller.isValid() ? new Trace(caller) : create();
    ctx.setAttr(KEY, trace);
    return trace;
  }

  private static Trace create() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // An id of zeros is invalid.
    String id = TraceId.fromLongs(random.nextLong(), random.nextLong() | 1);
    return new Trace(
        SpanContext.create(id, newSpan(), TraceFlags.getDefault(), TraceState.getDefault()));
  }

  /** Returns the trace id: 32 hexadecimal digits. */
  public String id() {
    return span.getTraceId();
  }

  /** Returns the {@code traceparent} to pass on: this trace with a new span id. */
  public String parent() {
    return "00-" + id() + "-" + newSpan() + "-" + span.getTraceFlags().asHex();
  }

  private static String newSpan() {
    return SpanId.fromLong(ThreadLocalRandom.current().nextLong() | 1);
  }

  private static final class Headers implements TextMapGetter<RequestHeaders> {
    @Override
    public @Nullable String get(@Nullable RequestHeaders headers, String key) {
      return headers == null ? null : headers.get(key);
    }
  }
}
