package dev.upswell.api.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.auth.Caller;
import dev.upswell.api.feed.EndedRelationships;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.api.trace.Trace;
import dev.upswell.contract.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events}: a batch of views, engagements, sessions and follows, answered with 202
 * once Kafka has all of it. Times ahead of the server become its time. Records carry the request's
 * {@code traceparent}. Thread-safe.
 */
public final class EventService implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(EventService.class);

  private final EventBatch batches;
  private final EventProducer producer;
  private final EndedRelationships ended;
  private final String anyUserScope;
  private final Counter accepted;
  private final Counter clamped;

  /**
   * Creates the service. The caller closes the producer.
   *
   * @param anyUserScope scope for events of all users
   * @param ended gets the unfollows and blocks
   */
  public EventService(
      Topics topics,
      int maxEvents,
      String anyUserScope,
      InstantSource clock,
      EventProducer producer,
      EndedRelationships ended,
      MeterRegistry metrics) {
    this.batches = new EventBatch(topics, maxEvents, clock);
    this.anyUserScope = anyUserScope;
    this.producer = producer;
    this.ended = ended;
    this.accepted = metrics.counter("upswell.events.accepted");
    this.clamped =
        Counter.builder("upswell.events.clamped")
            .description("Accepted events with a time ahead of the server, stored with its time")
            .register(metrics);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    OptionalLong onlyUser = Caller.of(ctx).onlyUser(anyUserScope);
    return HttpResponse.of(
        request
            .aggregate()
            // On a worker thread, because Kafka's client may block, and a thousand events take time
            // to check.
            .thenComposeAsync(
                body -> write(ctx, batches.read(body.content().array(), onlyUser)),
                ctx.blockingTaskExecutor()));
  }

  private CompletableFuture<HttpResponse> write(ServiceRequestContext ctx, AcceptedEvents events) {
    byte[] trace = Trace.of(ctx).parent().getBytes(US_ASCII);
    events.records().forEach(record -> record.headers().add("traceparent", trace));
    // Before, because the job may act on an event before it is acknowledged here.
    events.follows().forEach(ended::sending);
    return producer
        .send(events.records())
        .handle(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("events rejected by Kafka: {}", failure.toString());
                throw new ProblemException(
                    Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Not all events were stored; retry the whole batch."));
              }
              events.follows().forEach(ended::stored);
              int number = events.records().size();
              accepted.increment(number);
              clamped.increment(events.clamped());
              return HttpResponse.of(
                  HttpStatus.ACCEPTED,
                  MediaType.JSON_UTF_8,
                  "{\"accepted\":" + number + ",\"clamped\":" + events.clamped() + "}");
            });
  }
}
