package dev.upswell.trending;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.Topics;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TrendingValue;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka and a real Redis, for the job. */
final class TrendingSystem implements AutoCloseable {
  static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
  private static final int PARTITIONS = 4;

  private final KafkaProcess kafka;
  private final RedisProcess redis;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RedisConnection connection;
  private final AtomicReference<Exception> refused = new AtomicReference<>();

  TrendingSystem(Path dir) {
    kafka = KafkaProcess.start(dir.resolve("kafka"));
    redis = RedisProcess.start(dir.resolve("redis"), Ports.free(), RedisProcess.Persistence.NONE);
    for (String topic :
        List.of(
            TOPICS.views(),
            TOPICS.engagements(),
            TOPICS.videos(),
            TOPICS.trending(),
            TOPICS.deadLetters())) {
      kafka.createTopic(topic, PARTITIONS, Map.of());
    }
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "linger.ms", "20",
                "compression.type", "lz4",
                "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    connection = RedisConnection.open(RedisSettings.of(redis.uri()));
  }

  List<String> arguments(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "--redis.uri",
                redis.uri(),
                "--checkpoints.interval",
                "1s",
                "--watermark.idle-after",
                "30s"));
    args.addAll(List.of(more));
    return args;
  }

  void send(View view) {
    send(TOPICS.views(), Optional.empty(), view.getViewerId(), view);
  }

  void send(Engagement engagement) {
    send(TOPICS.engagements(), Optional.empty(), engagement.getViewerId(), engagement);
  }

  void send(Video video) {
    send(TOPICS.videos(), Optional.empty(), video.getCreatorId(), video);
  }

  /** Lets time pass in all partitions of all topics, with what is in no list. */
  void passTo(long at) {
    View view =
        View.newBuilder().setViewerId(1).setVideoId(1).setCreatorId(1).setViewedAt(at).build();
    Engagement engagement =
        Engagement.newBuilder()
            .setViewerId(1)
            .setVideoId(1)
            .setCreatorId(1)
            .setType(Engagement.Type.NOT_INTERESTED)
            .setAt(at)
            .build();
    Video video =
        Video.newBuilder()
            .setVideoId(1)
            .setCreatorId(1)
            .setType(Video.Type.PUBLISHED)
            .setAt(at)
            .build();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      send(TOPICS.views(), Optional.of(partition), 1, view);
      send(TOPICS.engagements(), Optional.of(partition), 1, engagement);
      send(TOPICS.videos(), Optional.of(partition), 1, video);
    }
    flush();
  }

  private void send(String topic, Optional<Integer> partition, long key, Message record) {
    byte[] keyBytes = Long.toString(key).getBytes(StandardCharsets.US_ASCII);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition.orElse(null), keyBytes, record.toByteArray()),
            (metadata, failure) -> {
              if (failure != null) {
                refused.set(failure);
              }
            });
  }

  /** Waits until Kafka has all of them. */
  void flush() {
    producer.flush();
    if (refused.get() != null) {
      throw new AssertionError("Kafka did not take a record", refused.get());
    }
  }

  /** What a reader sees of a scope. */
  Optional<TrendingValue> lists(String scope) {
    Pipeline batch = new Pipeline();
    RedisReply<byte[]> reply = batch.get(RedisKeys.trending(scope));
    connection.send(batch).orTimeout(10, TimeUnit.SECONDS).join();
    return reply.found().map(TrendingValue::fromBytes);
  }

  /** The last list of each scope in the topic. */
  Map<String, TrendingList> topic() {
    Map<String, TrendingList> last = new HashMap<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPICS.trending()).stream()
              .map(info -> new TopicPartition(TOPICS.trending(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record ->
                    last.put(
                        new String(record.key(), StandardCharsets.UTF_8), parse(record.value())));
      }
    }
    return last;
  }

  private static TrendingList parse(byte[] json) {
    TrendingList.Builder list = TrendingList.newBuilder();
    try {
      JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), list);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not readable: " + new String(json, StandardCharsets.UTF_8), e);
    }
    return list.build();
  }

  @Override
  public void close() {
    producer.close();
    connection.close();
    redis.close();
    kafka.close();
  }
}
