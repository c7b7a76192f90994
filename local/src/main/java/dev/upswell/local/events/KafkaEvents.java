package dev.upswell.local.events;

import com.google.protobuf.Message;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes events to Kafka, each to its topic by its key. Thread-safe.
 *
 * <p>{@link #failure} and {@link #flush} report a record that Kafka rejects.
 */
public final class KafkaEvents implements EventSink, AutoCloseable {
  // One of this many records is JSON, so that both encodings are always in use.
  private static final int JSON_EVERY = 8;
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(2);

  private final KafkaProducer<byte[], byte[]> producer;
  private final Topics topics;
  private final Map<EventType<?>, EventCodec<?>> codecs = new ConcurrentHashMap<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile Optional<Exception> failure = Optional.empty();

  /**
   * Connects to the brokers.
   *
   * @param bootstrapServers {@code host:port} of brokers
   */
  public KafkaEvents(String bootstrapServers, Topics topics) {
    this.topics = topics;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "upswell-local",
                "acks",
                "all",
                "linger.ms",
                5,
                "buffer.memory",
                16L << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    EventCodec<T> codec = codec(type);
    boolean json = sent.getAndIncrement() % JSON_EVERY == 0;
    byte[] value = json ? codec.encodeJson(event) : codec.encodeProtobuf(event);
    Future<RecordMetadata> unused = write(type.topic(topics), type.keyBytes(event), value);
  }

  /**
   * Sends bytes that need not be an event.
   *
   * @return their position, once Kafka has them
   */
  public Future<RecordMetadata> sendBytes(EventType<?> type, byte[] key, byte[] value) {
    return write(type.topic(topics), key, value);
  }

  /** Returns the number of sent events. */
  public long sent() {
    return sent.get();
  }

  /** Returns the first failure of a record, if any. */
  public Optional<Exception> failure() {
    return failure;
  }

  /**
   * Waits until Kafka has everything that was sent.
   *
   * @throws IllegalStateException if Kafka rejected a record
   */
  public void flush() {
    producer.flush();
    failure()
        .ifPresent(
            cause -> {
              throw new IllegalStateException("Kafka rejected a record: " + cause, cause);
            });
  }

  /** Waits up to two seconds for pending records. */
  @Override
  public void close() {
    producer.close(TIME_TO_CLOSE);
  }

  private Future<RecordMetadata> write(String topic, byte[] key, byte[] value) {
    return producer.send(
        new ProducerRecord<>(topic, key, value),
        (metadata, exception) -> {
          if (exception != null) {
            failure = failure.or(() -> Optional.of(exception));
          }
        });
  }

  @SuppressWarnings("unchecked") // The codec of a type was made for it.
  private <T extends Message> EventCodec<T> codec(EventType<T> type) {
    return (EventCodec<T>)
        codecs.computeIfAbsent(type, any -> new EventCodec<>(any, InstantSource.system()));
  }
}
