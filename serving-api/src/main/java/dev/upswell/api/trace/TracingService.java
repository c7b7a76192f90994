package dev.upswell.api.trace;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.netty.util.AsciiString;

/** Adds a {@link Trace} to each request, and its id to the response as {@code X-Request-Id}. */
public final class TracingService extends SimpleDecoratingHttpService {
  private static final AsciiString REQUEST_ID = AsciiString.of("x-request-id");

  /** The service with traces. */
  public TracingService(HttpService service) {
    super(service);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    String id = Trace.accept(ctx, request.headers()).id();
    ctx.mutateAdditionalResponseHeaders(headers -> headers.set(REQUEST_ID, id));
    return unwrap().serve(ctx, request);
  }
}
