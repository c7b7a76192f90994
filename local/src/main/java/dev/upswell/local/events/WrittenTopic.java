package dev.upswell.local.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Output topic of a job, read from its first record, in Protobuf or JSON, with {@code
 * read_committed}. Not thread-safe.
 *
 * @param <T> type of the records
 */
public final class WrittenTopic<T extends Message> implements AutoCloseable {
  private static final Duration A_MOMENT = Duration.ofMillis(200);

  private final String topic;
  private final T empty;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /**
   * Opens it.
   *
   * @param empty a message without content
   */
  public WrittenTopic(String bootstrapServers, String topic, T empty) {
    this.topic = topic;
    this.empty = empty;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Returns the next records; empty after a while without any. */
  public List<T> poll() {
    List<T> messages = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(A_MOMENT)) {
      messages.add(parse(record.value()));
    }
    return messages;
  }

  /**
   * Reads until a condition is true or the time is over, and then all records that are available.
   *
   * @return all records that were read by this call
   */
  public List<T> readUntil(Predicate<List<T>> enough, Duration limit) {
    List<T> messages = new ArrayList<>();
    long start = System.nanoTime();
    while (!enough.test(messages) && System.nanoTime() - start < limit.toNanos()) {
      messages.addAll(poll());
    }
    Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions));
    while (!left.isEmpty()) {
      left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      messages.addAll(poll());
    }
    return messages;
  }

  @Override
  public void close() {
    consumer.close();
  }

  @SuppressWarnings("unchecked") // What a builder of T builds is a T.
  private T parse(byte[] value) {
    try {
      if (value[0] != '{') {
        return (T) empty.getParserForType().parseFrom(value);
      }
      Message.Builder builder = empty.newBuilderForType();
      JsonFormat.parser().merge(new String(value, UTF_8), builder);
      return (T) builder.build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a record of " + topic + " cannot be read", e);
    }
  }
}
