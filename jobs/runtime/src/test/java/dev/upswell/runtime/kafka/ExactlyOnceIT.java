package dev.upswell.runtime.kafka;

import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.Session;
import dev.upswell.options.OptionSet;
import dev.upswell.runtime.JobEnvironment;
import dev.upswell.runtime.JobOptions;
import dev.upswell.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactlyOnceIT {
  private static final String COPY = "copied-sessions";
  private static final String ABORTABLE = "sessions-in-transactions";
  private static TestKafka kafka;
  private static Path checkpoints;

  @BeforeAll
  static void start(@TempDir Path dir) {
    kafka = TestKafka.start(dir.resolve("kafka"));
    checkpoints = dir.resolve("checkpoints");
    kafka.createTopics(1, TOPICS.sessions(), TOPICS.deadLetters(), COPY, ABORTABLE);
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
    for (byte[] bytes : readCommitted(TOPICS.deadLetters(), 2)) {
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

  @Test
  void recordsOfAbortedTransactionsAreNotRead() throws Exception {
    Session aborted = Session.newBuilder().setUserId(8).setAt(Clock.systemUTC().millis()).build();
    Session committed = aborted.toBuilder().setUserId(9).build();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(ABORTABLE, aborted.toByteArray()));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      unused = producer.send(new ProducerRecord<>(ABORTABLE, committed.toByteArray()));
      producer.commitTransaction();
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            1, JobEnvironment.configuration(options()));
    KafkaSource<DecodedRecord<Session>> source =
        EventSource.<DecodedRecord<Session>>kafka(options(), ABORTABLE, "aborted")
            .setDeserializer(new DecodedRecordDeserializer<>(EventType.SESSIONS))
            .setBounded(OffsetsInitializer.latest())
            .build();

    List<Session> read = new ArrayList<>();
    try (var records =
        EventSource.split(
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "sessions")
                    .uid("sessions"),
                EventType.SESSIONS)
            .events()
            .executeAndCollect()) {
      records.forEachRemaining(read::add);
    }

    assertThat(read).containsExactly(committed);
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
    sessions
        .deadLetters()
        .sinkTo(
            EventSink.atLeastOnce(TOPICS.deadLetters(), options(), letter -> EventSink.Key.NONE))
        .name("dead-letters")
        .uid("dead-letters");
    return env.executeAsync("copy");
  }

  private static void send(byte[]... records) {
    for (byte[] record : records) {
      kafka.send(new ProducerRecord<>(TOPICS.sessions(), record));
    }
    kafka.flush();
  }

  /** Awaits the number of committed records; the next checkpoints add none. */
  private static List<byte[]> readCommitted(String topic, int count) {
    await()
        .atMost(Duration.ofMinutes(3))
        .during(Duration.ofSeconds(1))
        .until(() -> kafka.records(topic).size() == count);
    return kafka.records(topic).stream().map(ConsumerRecord::value).toList();
  }
}
