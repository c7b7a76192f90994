package dev.upswell.fanout;

import com.google.protobuf.Message;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReadSettings;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.redis.RedisFeedStore;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import dev.upswell.runtime.JobEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka, a real Redis and the job in a cluster inside this process. */
final class FanoutSystem implements AutoCloseable {
  static final FeedSettings FEEDS = FeedSettings.DEFAULT;

  final KafkaProcess kafka;
  final RedisProcess redis;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Path checkpoints;
  private JobClient job;
  private RedisConnection connection;
  private FeedReader reader;

  FanoutSystem(Path dir) {
    kafka = KafkaProcess.start(dir.resolve("kafka"));
    redis =
        RedisProcess.start(
            dir.resolve("redis"), Ports.free(), RedisProcess.Persistence.APPEND_ONLY);
    checkpoints = dir.resolve("checkpoints");
    Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    for (String topic :
        List.of(
            topics.videos(),
            topics.follows(),
            topics.sessions(),
            topics.control(),
            topics.feedDeliveries(),
            topics.deadLetters())) {
      kafka.createTopic(topic, 3, Map.of());
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    connect();
  }

  private void connect() {
    connection = RedisConnection.open(RedisSettings.of(redis.uri()));
    reader =
        new FeedReader(
            new RedisFeedStore(connection, FEEDS),
            FEEDS,
            () -> ThreadLocalRandom.current().nextLong(),
            FeedClock.SYSTEM,
            new FeedReadSettings(Duration.ofSeconds(5), Duration.ZERO, 1 << 20, Duration.ZERO));
  }

  List<String> arguments(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--kafka.bootstrap-servers", kafka.bootstrapServers(),
                "--redis.uri", redis.uri(),
                "--checkpoints.dir", checkpoints.toUri().toString(),
                "--checkpoints.interval", "500ms",
                "--redis.reply-timeout", "2s"));
    args.addAll(List.of(more));
    return args;
  }

  FanoutOptions options(String... more) {
    String[] args = arguments(more).toArray(String[]::new);
    return FanoutOptions.from(FanoutOptions.options().read(args, Map.of()));
  }

  RedisConnection connection() {
    return connection;
  }

  void startJob(String... more) {
    FanoutOptions options = options(more);
    Configuration configuration = JobEnvironment.configuration(options.job());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    FanoutJob.define(env, options);
    try {
      job = env.executeAsync("fanout");
    } catch (Exception e) {
      throw new AssertionError("the job did not start", e);
    }
  }

  JobClient job() {
    return job;
  }

  /** Sends events and waits until Kafka has all of them. */
  <T extends Message> void send(EventType<T> type, List<T> events) {
    EventCodec<T> codec = new EventCodec<>(type, InstantSource.system());
    String topic = type.topic(new Topics(Topics.DEFAULT_PREFIX));
    send(
        events.stream()
            .map(
                event ->
                    new ProducerRecord<>(topic, type.keyBytes(event), codec.encodeProtobuf(event)))
            .toList());
  }

  void send(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> acknowledged = records.stream().map(producer::send).toList();
    for (Future<RecordMetadata> each : acknowledged) {
      try {
        each.get(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError("Kafka did not take a record", e);
      }
    }
  }

  FeedPage page(long user, int limit) {
    return reader.read(FeedRequest.first(user, limit)).orTimeout(5, TimeUnit.SECONDS).join();
  }

  List<Long> walk(long user) {
    List<Long> ids = new ArrayList<>();
    OptionalLong below = OptionalLong.of(Long.MAX_VALUE);
    while (below.isPresent()) {
      FeedPage page =
          reader
              .read(new FeedRequest(user, 20, below.getAsLong(), false))
              .orTimeout(5, TimeUnit.SECONDS)
              .join();
      page.entries().forEach(entry -> ids.add(entry.videoId()));
      below = page.next();
    }
    return ids;
  }

  @Override
  public void close() {
    if (job != null) {
      job.cancel().orTimeout(30, TimeUnit.SECONDS).join();
    }
    producer.close();
    connection.close();
    redis.close();
    kafka.close();
  }
}
