package dev.upswell.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.runtime.JobOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Kafka sinks with a delivery guarantee. The connector has none by default, and a transaction
 * timeout above the maximum of the broker.
 */
public final class EventSink {
  /** Default maximum of brokers. Open transactions hold back readers for this time at most. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private EventSink() {}

  /**
   * Extracts the key of a record, as text.
   *
   * @param <T> type of the record
   */
  @FunctionalInterface
  public interface Key<T> extends Function<T, String>, Serializable {
    /** The empty key: such records are spread over all partitions, in no order. */
    String NONE = "";
  }

  /** Creates a sink that writes every record at least once. */
  public static <T extends Message> KafkaSink<T> atLeastOnce(
      String topic, JobOptions options, Key<T> key) {
    return builder(topic, options, key)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /**
   * Creates a sink whose records become visible to {@code read_committed} readers exactly once, at
   * the next checkpoint.
   *
   * @param transactionalIdPrefix constant across restarts of the job, and unique to this sink
   */
  public static <T extends Message> KafkaSink<T> exactlyOnce(
      String topic, JobOptions options, String transactionalIdPrefix, Key<T> key) {
    return builder(topic, options, key)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        .setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()))
        .build();
  }

  /** Creates the sink of rejected records. */
  public static KafkaSink<DeadLetter> deadLetters(JobOptions options) {
    return atLeastOnce(options.topics().deadLetters(), options, letter -> Key.NONE);
  }

  private static <T extends Message> KafkaSinkBuilder<T> builder(
      String topic, JobOptions options, Key<T> key) {
    Properties properties = new Properties();
    properties.putAll(options.kafka());
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(properties)
        .setProperty("acks", "all")
        .setProperty("compression.type", options.kafka().getOrDefault("compression.type", "lz4"))
        .setRecordSerializer(new RecordSerializer<>(topic, options.outputFormat(), key));
  }

  private record RecordSerializer<T extends Message>(String topic, OutputFormat format, Key<T> key)
      implements KafkaRecordSerializationSchema<T> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        T message, KafkaSinkContext context, @Nullable Long timestamp) {
      String text = key.apply(message);
      byte @Nullable [] keyBytes = text.equals(Key.NONE) ? null : text.getBytes(UTF_8);
      return new ProducerRecord<>(topic, keyBytes, format.encode(message));
    }
  }
}
