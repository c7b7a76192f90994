package dev.upswell.viral;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.Topics;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.View;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.viral.ViewLedger.Hour;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka, a real Redis and the job in a cluster inside this process. */
final class ViralSystem implements AutoCloseable {
  static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);
  static final int PARTITIONS = 4;

  /** A video that is watched only to let time pass. */
  static final long TICK = 1;

  final KafkaProcess kafka;
  final RedisProcess redis;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Path checkpoints;
  private final RedisConnection connection;
  private final AtomicReference<Exception> refused = new AtomicReference<>();
  private Optional<JobClient> job = Optional.empty();

  ViralSystem(Path dir) {
    kafka = KafkaProcess.start(dir.resolve("kafka"));
    redis = RedisProcess.start(dir.resolve("redis"), Ports.free(), RedisProcess.Persistence.NONE);
    checkpoints = dir.resolve("checkpoints");
    kafka.createTopic(TOPICS.views(), PARTITIONS, Map.of());
    for (String topic :
        List.of(
            TOPICS.hourlyViews(), TOPICS.promotions(), TOPICS.lateEvents(), TOPICS.deadLetters())) {
      kafka.createTopic(topic, 2, Map.of());
    }
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "linger.ms", "20",
                "batch.size", "262144",
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
                "--kafka.bootstrap-servers", kafka.bootstrapServers(),
                "--redis.uri", redis.uri(),
                "--checkpoints.dir", checkpoints.toUri().toString(),
                "--checkpoints.interval", "1s",
                "--watermark.idle-after", "5s"));
    args.addAll(List.of(more));
    return args;
  }

  void startJob(String... more) {
    ViralOptions options =
        ViralOptions.from(
            ViralOptions.options().read(arguments(more).toArray(String[]::new), Map.of()));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            2, JobEnvironment.configuration(options.job()));
    ViralDetectorJob.define(env, options);
    try {
      job = Optional.of(env.executeAsync("viral-detector"));
    } catch (Exception e) {
      throw new AssertionError("the job did not start", e);
    }
  }

  /** Ends the job, without a savepoint. */
  void stopJob() {
    job.ifPresent(running -> running.cancel().orTimeout(30, TimeUnit.SECONDS).join());
    job = Optional.empty();
  }

  /** Makes the next job begin at the start of the log. */
  void forgetWhatWasRead() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteConsumerGroups(List.of("viral-detector")).all().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("Kafka does not forget offsets", e);
    }
  }

  /**
   * The size of all that the job remembers, in bytes: of a savepoint, which holds no more than what
   * is there, where files of a checkpoint also hold what was deleted lately.
   */
  long savepointBytes(Path directory) throws IOException {
    String savepoint =
        job.orElseThrow()
            .triggerSavepoint(directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .orTimeout(2, TimeUnit.MINUTES)
            .join();
    try (Stream<Path> files = Files.list(Path.of(URI.create(savepoint)))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Sends a record, without waiting for Kafka. */
  void send(long viewerId, byte[] record) {
    byte[] key = Long.toString(viewerId).getBytes(StandardCharsets.US_ASCII);
    send(new ProducerRecord<>(TOPICS.views(), key, record));
  }

  /** Sends a record to a partition, without waiting for Kafka. */
  void sendTo(int partition, byte[] record) {
    send(new ProducerRecord<>(TOPICS.views(), partition, null, record));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure != null) {
                refused.set(failure);
              }
            });
  }

  /** Lets time pass in all partitions: somebody watches {@link #TICK}. */
  void passTo(long at) {
    byte[] record =
        View.newBuilder()
            .setViewerId(1)
            .setVideoId(TICK)
            .setCreatorId(1)
            .setViewedAt(at)
            .build()
            .toByteArray();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sendTo(partition, record);
    }
    flush();
  }

  /** Waits until Kafka has all of them. */
  void flush() {
    producer.flush();
    if (refused.get() != null) {
      throw new AssertionError("Kafka did not take a record", refused.get());
    }
  }

  /** All that a {@code read_committed} reader sees of a topic of ours. */
  <T extends Message> List<T> read(String topic, Supplier<? extends Message.Builder> empty) {
    return records(topic).stream()
        .map(record -> ViralSystem.<T>parse(record.value(), empty.get()))
        .toList();
  }

  /** The keys of all records of a topic. */
  List<String> keys(String topic) {
    return records(topic).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> config =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The builder's own message.
  private static <T extends Message> T parse(byte[] json, Message.Builder into) {
    try {
      JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), into);
      return (T) into.build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("not readable: " + new String(json, StandardCharsets.UTF_8), e);
    }
  }

  /** Hours of all videos but {@link #TICK}; fails if one was published twice. */
  Map<Hour, HourlyViews> hours() {
    Map<Hour, HourlyViews> found = new HashMap<>();
    for (HourlyViews hour : this.<HourlyViews>read(TOPICS.hourlyViews(), HourlyViews::newBuilder)) {
      Hour key = new Hour(hour.getVideoId(), Timestamps.toMillis(hour.getHourStart()));
      if (found.put(key, hour) != null) {
        throw new AssertionError("published twice: " + key);
      }
    }
    found.keySet().removeIf(hour -> hour.videoId() == TICK);
    return found;
  }

  /** Changes of tiers as the model tells them. */
  List<TierModel.Change> promotions() {
    return this.<Promotion>read(TOPICS.promotions(), Promotion::newBuilder).stream()
        .map(
            p ->
                new TierModel.Change(
                    p.getVersion() / ViewLedger.MINUTE,
                    p.getVideoId(),
                    p.getFrom(),
                    p.getTo(),
                    p.getReason(),
                    p.getViewsLastHour()))
        .toList();
  }

  /** Records that the job has read, as of its last checkpoint. */
  long readByJob() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets("viral-detector")
          .partitionsToOffsetAndMetadata()
          .get(30, TimeUnit.SECONDS)
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    } catch (Exception e) {
      throw new AssertionError("Kafka does not tell offsets", e);
    }
  }

  Optional<TierValue> tier(long videoId) {
    return value(RedisKeys.tier(videoId)).map(TierValue::fromBytes);
  }

  Optional<byte[]> value(byte[] key) {
    Pipeline batch = new Pipeline();
    RedisReply<byte[]> reply =
        batch.add(
            CommandType.GET,
            new ByteArrayOutput<>(ByteArrayCodec.INSTANCE),
            Pipeline.args().addKey(key));
    connection.send(batch).orTimeout(10, TimeUnit.SECONDS).join();
    return reply.found();
  }

  @Override
  public void close() {
    stopJob();
    producer.close();
    connection.close();
    redis.close();
    kafka.close();
  }
}
