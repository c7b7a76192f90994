package dev.upswell.api.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to Kafka, acknowledged by all replicas that are in sync. Thread-safe. */
public final class EventProducer implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Creates a producer.
   *
   * @param kafka properties, which override the defaults here
   * @param deadline time after which an unacknowledged record has failed
   */
  public EventProducer(Map<String, String> kafka, Duration deadline) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("acks", "all");
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", "5");
    properties.put("max.block.ms", Long.toString(deadline.toMillis()));
    properties.put("request.timeout.ms", Long.toString(deadline.toMillis()));
    properties.put("delivery.timeout.ms", Long.toString(deadline.toMillis() + 5));
    properties.putAll(kafka);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends records. May block while Kafka is away, so not for an event loop.
   *
   * @return completes when Kafka has all of them; fails with the first that it has not
   */
  CompletableFuture<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    AtomicInteger unacknowledged = new AtomicInteger(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure != null) {
                  done.completeExceptionally(failure);
                } else if (unacknowledged.decrementAndGet() == 0) {
                  done.complete(null);
                }
              });
    }
    return done;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
