package dev.upswell.api.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.auth.Caller;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.api.trace.Trace;
import dev.upswell.contract.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events}: a batch of views, engagements, sessions and follows, answered with 202
 * once Kafka has all of it. Records carry the request's {@code traceparent}. Thread-safe.
 */
public final class EventService implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(EventService.class);

  private final EventBatch batches;
  private final EventProducer producer;
  private final String anyUserScope;
  private final Counter accepted;

  /**
   * Creates the service. The caller closes the producer.
   *
   * @param anyUserScope scope for events of all users
   */
  public EventService(
      Topics topics,
      int maxEvents,
      String anyUserScope,
      InstantSource clock,
      EventProducer producer,
      MeterRegistry metrics) {
    this.batches = new EventBatch(topics, maxEvents, clock);
    this.anyUserScope = anyUserScope;
    this.producer = producer;
    this.accepted = metrics.counter("upswell.events.accepted");
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
                body -> write(ctx, batches.read(body.contentUtf8(), onlyUser)),
                ctx.blockingTaskExecutor()));
  }

  private CompletableFuture<HttpResponse> write(
      ServiceRequestContext ctx, List<ProducerRecord<byte[], byte[]>> records) {
    byte[] trace = Trace.of(ctx).parent().getBytes(US_ASCII);
    records.forEach(record -> record.headers().add("traceparent", trace));
    return producer
        .send(records)
        .handle(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("events rejected by Kafka: {}", failure.toString());
                throw new ProblemException(
                    Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Not all events were stored; retry the whole batch."));
              }
              accepted.increment(records.size());
              return HttpResponse.of(
                  HttpStatus.ACCEPTED,
                  MediaType.JSON_UTF_8,
                  "{\"accepted\":" + records.size() + "}");
            });
  }
}
