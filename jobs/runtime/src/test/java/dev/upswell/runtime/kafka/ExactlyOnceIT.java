package dev.upswell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.Session;
import dev.upswell.options.OptionSet;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.runtime.JobOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactlyOnceIT {
  private static final String COPY = "copied-sessions";
  private static KafkaProcess kafka;
  private static Path checkpoints;

  @BeforeAll
  static void start(@TempDir Path dir) {
    kafka = KafkaProcess.start(dir.resolve("kafka"));
    checkpoints = dir.resolve("checkpoints");
    for (String topic : List.of("upswell.sessions", "upswell.dead-letters", COPY)) {
      kafka.createTopic(topic, 1, Map.of());
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static JobOptions options() {
    String[] args = {
      "--kafka.bootstrap-servers", kafka.bootstrapServers(),
      "--redis.uri", "redis://127.0.0.1:1",
      "--checkpoints.dir", checkpoints.toUri().toString(),
      "--checkpoints.interval", "300ms",
      "--output.format", "protobuf"
    };
    OptionSet all =
        OptionSet.of("test", "A test.", JobOptions.ALL).passing(JobOptions.KAFKA_PREFIX);
    return JobOptions.from(all.read(args, Map.of()));
  }

  @Test
  void committedRecordsAppearOnceAndBadOnesAreDeadLetters() throws Exception {
    Session session = Session.newBuilder().setUserId(7).setAt(Clock.systemUTC().millis()).build();
    byte[] good = new EventCodec<>(EventType.SESSIONS, Clock.systemUTC()).encodeJson(session);
    byte[] bad = "{\"userId\":\"abc\"}".getBytes(StandardCharsets.UTF_8);
    send(good, bad, good, new byte[EventCodec.MAX_RECORD_BYTES + 1]);

    JobClient job = startCopying();

    assertThat(readCommitted(COPY, 2))
        .allSatisfy(copy -> assertThat(copy).isEqualTo(session.toByteArray()));
    List<DeadLetter> letters = new ArrayList<>();
    for (byte[] bytes : readCommitted("upswell.dead-letters", 2)) {
      letters.add(DeadLetter.parseFrom(bytes));
    }
    assertThat(letters).extracting(DeadLetter::getOffset).containsExactly(1L, 3L);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.getTopic()).isEqualTo("upswell.sessions");
              assertThat(letter.getPartition()).isZero();
            });
    assertThat(letters.get(0).getReason()).startsWith("userId: \"abc\"");
    assertThat(letters.get(0).getRaw().toByteArray()).isEqualTo(bad);
    assertThat(letters.get(1).getRaw().size()).isEqualTo(EventCodec.MAX_RECORD_BYTES);
    job.cancel().get(30, TimeUnit.SECONDS);
  }

  private static JobClient startCopying() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            1, JobEnvironment.configuration(options()));
    EventSource<Session> sessions = EventSource.of(env, EventType.SESSIONS, options(), "test");
    sessions
        .events()
        .sinkTo(EventSink.exactlyOnce(COPY, options(), "copy", each -> "" + each.getUserId()))
        .name("copy")
        .uid("copy");
    String deadLetters = new Topics(Topics.DEFAULT_PREFIX).deadLetters();
    sessions
        .deadLetters()
        .sinkTo(EventSink.atLeastOnce(deadLetters, options(), letter -> EventSink.Key.NONE))
        .name("dead-letters")
        .uid("dead-letters");
    return env.executeAsync("copy");
  }

  private static void send(byte[]... records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (byte[] record : records) {
        producer.send(new ProducerRecord<>("upswell.sessions", record)).get();
      }
    } catch (Exception e) {
      throw new AssertionError("Kafka did not take the records", e);
    }
  }

  private static List<byte[]> readCommitted(String topic, int count) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    List<byte[]> values = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
      // Nothing more comes with the next checkpoint.
      consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
    }
    assertThat(values).hasSize(count);
    return values;
  }
}
