package dev.upswell.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.upswell.contract.OutputFormat;
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
 * Kafka sinks whose guarantees hold: the connector's defaults are none, and too long a time-out.
 */
public final class EventSink {
  /** The longest that brokers allow unless told otherwise; open transactions hold back readers. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private EventSink() {}

  /**
   * The key of a record, as text.
   *
   * @param <T> the record
   */
  @FunctionalInterface
  public interface Key<T> extends Function<T, String>, Serializable {
    /** Records of one key stay in order; those with this key are spread over all partitions. */
    String NONE = "";
  }

  /** A sink that writes every record at least once. */
  public static <T extends Message> KafkaSink<T> atLeastOnce(
      String topic, JobOptions options, Key<T> key) {
    return builder(topic, options, key)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /**
   * A sink whose records become visible to {@code read_committed} readers exactly once, with the
   * checkpoint after them.
   *
   * @param transactionalIdPrefix the same at every start of this job, and of no other sink
   */
  public static <T extends Message> KafkaSink<T> exactlyOnce(
      String topic, JobOptions options, String transactionalIdPrefix, Key<T> key) {
    return builder(topic, options, key)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        .setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()))
        .build();
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
