package dev.upswell.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.processes.KafkaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Runs a Kafka broker, sends events to it and reads its topics. */
public final class TestKafka implements AutoCloseable {
  /** The topics with the default prefix. */
  public static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private static final long ADMIN_SECONDS = 30;

  public final KafkaProcess broker;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private TestKafka(KafkaProcess broker) {
    this.broker = broker;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "linger.ms", "20",
                "batch.size", "262144",
                "compression.type", "lz4",
                "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Starts a broker without topics. */
  public static TestKafka start(Path directory) {
    return new TestKafka(KafkaProcess.start(directory));
  }

  /** Returns the address of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Creates topics that have the same number of partitions. */
  public void createTopics(int partitions, String... topics) {
    for (String topic : topics) {
      broker.createTopic(topic, partitions, Map.of());
    }
  }

  /** Sends events in Protobuf under their keys, and waits until Kafka has all of them. */
  public <T extends Message> void send(EventType<T> type, List<T> events) {
    events.forEach(event -> send(type, event));
    flush();
  }

  /** Sends an event in Protobuf under its key, without waiting for Kafka. */
  public <T extends Message> void send(EventType<T> type, T event) {
    send(new ProducerRecord<>(type.topic(TOPICS), type.keyBytes(event), event.toByteArray()));
  }

  /** Sends an event in Protobuf to a partition, without waiting for Kafka. */
  public <T extends Message> void send(EventType<T> type, int partition, T event) {
    send(
        new ProducerRecord<>(
            type.topic(TOPICS), partition, type.keyBytes(event), event.toByteArray()));
  }

  /** Sends a record, which may be malformed, without waiting for Kafka. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, exception) -> {
              if (exception != null) {
                failure.set(exception);
              }
            });
  }

  /**
   * Waits until Kafka has all records.
   *
   * @throws AssertionError if it rejected one
   */
  public void flush() {
    producer.flush();
    Exception rejected = failure.get();
    if (rejected != null) {
      throw new AssertionError("Kafka rejected a record", rejected);
    }
  }

  /** Reads the committed records of a topic, in order within a partition. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  /**
   * Reads the committed records of a topic that a job writes in JSON.
   *
   * @param empty creates the builder of a record
   */
  public <T extends Message> List<T> read(String topic, Supplier<? extends Message.Builder> empty) {
    return records(topic).stream()
        .map(record -> TestKafka.<T>parse(record.value(), empty.get()))
        .toList();
  }

  /** Reads the last committed record of each key of a topic that a job writes in JSON. */
  public <T extends Message> Map<String, T> readLast(
      String topic, Supplier<? extends Message.Builder> empty) {
    Map<String, T> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
      last.put(new String(record.key(), UTF_8), TestKafka.<T>parse(record.value(), empty.get()));
    }
    return last;
  }

  /** Reads the keys of the committed records of a topic. */
  public List<String> keys(String topic) {
    return records(topic).stream().map(record -> new String(record.key(), UTF_8)).toList();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The builder's own message.
  private static <T extends Message> T parse(byte[] json, Message.Builder into) {
    String text = new String(json, UTF_8);
    try {
      JsonFormat.parser().merge(text, into);
      return (T) into.build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("invalid record: " + text, e);
    }
  }

  /** Returns the number of records of a topic before the offsets that a group committed. */
  public long committedRecords(String group, String topic) {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(ADMIN_SECONDS, TimeUnit.SECONDS)
          .entrySet()
          .stream()
          .filter(partition -> partition.getKey().topic().equals(topic))
          .mapToLong(partition -> partition.getValue().offset())
          .sum();
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("Kafka did not list the offsets of " + group, e);
    }
  }

  /** Deletes a consumer group, so that its next member reads from the first record. */
  public void deleteConsumerGroup(String group) {
    try (Admin admin = admin()) {
      admin.deleteConsumerGroups(List.of(group)).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError("Kafka did not delete the consumer group " + group, e);
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  @Override
  public void close() {
    producer.close();
    broker.close();
  }
}
