package dev.upswell.api.events;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.contract.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events}: a batch of views, engagements, sessions and follows, answered with 202
 * once Kafka has all of it. Thread-safe.
 */
public final class EventService implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(EventService.class);

  private final EventBatch batches;
  private final EventProducer producer;
  private final Counter accepted;

  /** A service that writes to a producer, which stays the caller's to close. */
  public EventService(
      Topics topics,
      int maxEvents,
      InstantSource clock,
      EventProducer producer,
      MeterRegistry metrics) {
    this.batches = new EventBatch(topics, maxEvents, clock);
    this.producer = producer;
    this.accepted = metrics.counter("upswell.events.accepted");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            // Kafka's client may block, and a thousand events take a while to check.
            .thenComposeAsync(
                body -> write(batches.read(body.contentUtf8())), ctx.blockingTaskExecutor()));
  }

  private CompletableFuture<HttpResponse> write(List<ProducerRecord<byte[], byte[]>> records) {
    return producer
        .send(records)
        .handle(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("Kafka did not take events: {}", failure.toString());
                throw new ProblemException(
                    Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "Not all events were stored; send all of them again."));
              }
              accepted.increment(records.size());
              return HttpResponse.of(
                  HttpStatus.ACCEPTED,
                  MediaType.JSON_UTF_8,
                  "{\"accepted\":" + records.size() + "}");
            });
  }
}
