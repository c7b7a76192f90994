package dev.upswell.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.View;
import dev.upswell.processes.KafkaProcess;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables and queries of docs/topics.md, run by Flink SQL on a real topic with records as the
 * jobs write them.
 */
class TopicsDocIT {
  private static KafkaProcess kafka;
  private static Analyst analyst;

  private final Map<String, TopicsDoc> topics = TopicsDoc.read();

  @BeforeAll
  static void start(@TempDir Path dir) {
    kafka = KafkaProcess.start(dir);
    analyst = new Analyst(kafka.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  // ---- The topics

  @Test
  void playbacksAreCountedBySurfaceRepetitionsOnce() {
    View.Builder view =
        View.newBuilder()
            .setViewerId(42)
            .setVideoId(Long.MAX_VALUE)
            .setCreatorId(7)
            .setViewedAt(1_795_370_400_000L)
            .setEventId("a")
            .setSurface("feed")
            .setDurationMs(15_000);
    View completed = view.setWatchMs(15_000).build();
    write(
        "views",
        completed,
        completed,
        view.setEventId("b").setWatchMs(1_000).build(),
        view.setEventId("c").setSurface("for-you").build());

    assertThat(answers("views", View.getDefaultInstance()))
        .containsExactlyInAnyOrder("+I[feed, 2, 1, 16]", "+I[for-you, 1, 0, 1]");
  }

  @Test
  void hoursAreThoseOfCommittedTransactionsOnly() {
    HourlyViews.Builder hour = HourlyViews.newBuilder().setCreatorId(7);
    try (Producer producer = new Producer("hourly-views", Map.of("transactional.id", "t"))) {
      producer.kafka.initTransactions();
      producer.kafka.beginTransaction();
      producer.send(
          hour.setVideoId(Long.MAX_VALUE)
              .setHourStart(time("2026-11-22T18:00:00Z"))
              .setViews(100)
              .setDistinctViewers(80)
              .setWatchMs(1_000_000)
              .build());
      producer.send(hour.setVideoId(2).setViews(300).setDistinctViewers(30).build());
      producer.kafka.commitTransaction();

      producer.kafka.beginTransaction();
      producer.send(hour.setVideoId(3).setViews(9_999).build());
      producer.kafka.flush();
      producer.kafka.abortTransaction();

      producer.kafka.beginTransaction();
      for (int i = 1; i <= 12; i++) {
        producer.send(
            hour.setVideoId(i).setHourStart(time("2026-11-22T19:00:00Z")).setViews(i).build());
      }
      producer.kafka.commitTransaction();
    }

    List<String> answers = answers("hourly-views", HourlyViews.getDefaultInstance());

    assertThat(answers)
        .hasSize(12)
        .contains(
            "+I[2026-11-22T18:00:00Z, 1, 2, 300, 30, 3333]",
            "+I[2026-11-22T18:00:00Z, 2, 9223372036854775807, 100, 80, 10000]",
            "+I[2026-11-22T19:00:00Z, 1, 12, 12, 30, 83333]",
            "+I[2026-11-22T19:00:00Z, 10, 3, 3, 30, 333333]")
        .noneMatch(answer -> answer.contains("9999"));
  }

  @Test
  void forecastsAreMeasuredByTheTimeBeforeTheViewsCame() {
    Promotion.Builder promotion = Promotion.newBuilder().setFrom(Tier.ORIGIN).setTo(Tier.EDGE);
    Promotion foreseen =
        promotion
            .setVideoId(1)
            .setReason(Reason.FORECAST)
            .setAt(time("2026-11-22T18:11:59.999Z"))
            .build();
    write(
        "promotions",
        foreseen,
        // Written again after a failure.
        foreseen,
        promotion
            .setFrom(Tier.EDGE)
            .setReason(Reason.VIRAL)
            .setAt(time("2026-11-22T18:20:59.999Z"))
            .build(),
        promotion
            .setVideoId(2)
            .setReason(Reason.FORECAST)
            .setTo(Tier.REGIONAL)
            .setAt(time("2026-11-22T18:30:59.999Z"))
            .build(),
        promotion.setTo(Tier.ORIGIN).setReason(Reason.COOLED).build(),
        promotion.setVideoId(3).setTo(Tier.EDGE).setReason(Reason.PERCENTILE).build());

    assertThat(answers("promotions", Promotion.getDefaultInstance()))
        .containsExactlyInAnyOrder(
            "+I[1, EDGE, 2026-11-22T18:11:59.999Z, 2026-11-22T18:20:59.999Z, 9]",
            "+I[2, REGIONAL, 2026-11-22T18:30:59.999Z, null, null]");
  }

  @Test
  void queryReturnsTheFastestRisingVideoWithItsStart() {
    TrendingList.Entry.Builder entry =
        TrendingList.Entry.newBuilder().setVideoId(Long.MAX_VALUE).setScore(4.5).setViewers(20);
    TrendingList.Builder list =
        TrendingList.newBuilder()
            .setScope("global")
            .setAt(time("2026-11-22T18:00:10Z"))
            .addTop(entry.setScore(80))
            .addEntries(entry.setScore(4.5));
    write(
        "trending",
        list.build(),
        // Written again after a failure.
        list.build(),
        list.setAt(time("2026-11-22T18:00:20Z"))
            .setEntries(0, entry.setScore(9).setViewers(50))
            .addEntries(entry.setVideoId(2).setScore(3))
            .build(),
        list.setScope("region:BR").build());

    assertThat(answers("trending", TrendingList.getDefaultInstance()))
        .containsExactlyInAnyOrder(
            "+I[9223372036854775807, 2026-11-22T18:00:10Z, 9.0, 50]",
            "+I[2, 2026-11-22T18:00:20Z, 3.0, 50]");
  }

  @Test
  void lateViewsAreCountedByDevice() {
    LateEvent.Builder late =
        LateEvent.newBuilder().setTopic("upswell.views").setAt(time("2026-11-22T19:11:00Z"));
    View view = View.newBuilder().setViewerId(42).setDevice("android").build();
    write(
        "late-events",
        late.setRaw(ByteString.copyFrom(OutputFormat.JSON.encode(view)))
            .setLateByMs(60_000)
            .build(),
        late.setLateByMs(1_000).build(),
        late.setRaw(view.toByteString()).setLateByMs(5_000).build());

    assertThat(answers("late-events", LateEvent.getDefaultInstance()))
        .containsExactlyInAnyOrder("+I[android, 2, 60]", "+I[null, 1, 5]");
  }

  @Test
  void deliveriesAreAddedUpByHour() {
    FeedDelivery.Builder delivery =
        FeedDelivery.newBuilder()
            .setVideoId(1)
            .setPlanned(100)
            .setPushed(90)
            .putSkipped("cold", 10)
            .setLagP99Ms(97)
            .setAt(time("2026-11-22T18:10:00Z"));
    write(
        "feed-deliveries",
        delivery.build(),
        delivery.setVideoId(2).clearSkipped().setPushed(60).setLagP99Ms(40).build(),
        delivery.setVideoId(3).setPlanned(0).build());

    assertThat(answers("feed-deliveries", FeedDelivery.getDefaultInstance()))
        .containsExactly("+I[2026-11-22T18:00:00Z, 2, 75, 10, 97]");
  }

  // ---- Queries

  private List<String> answers(String topic, Message record) {
    TopicsDoc doc = topics.get(topic);
    analyst.create(doc);
    assertThat(analyst.columns(doc))
        .containsExactlyElementsOf(
            record.getDescriptorForType().getFields().stream()
                .map(FieldDescriptor::getJsonName)
                .toList());
    return analyst.answers(doc);
  }

  // ---- Writing

  private static Timestamp time(String text) {
    try {
      return Timestamps.parse(text);
    } catch (ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static void write(String topic, Message... records) {
    try (Producer producer = new Producer(topic, Map.of())) {
      for (Message record : records) {
        producer.send(record);
      }
    }
  }

  /** Writes records as the sinks of jobs encode them. */
  private static final class Producer implements AutoCloseable {
    private final String topic;
    private final KafkaProducer<byte[], byte[]> kafka;

    Producer(String name, Map<String, Object> properties) {
      topic = "upswell." + name;
      TopicsDocIT.kafka.createTopic(topic, 2, Map.of());
      var all = new HashMap<String, Object>(properties);
      all.put("bootstrap.servers", TopicsDocIT.kafka.bootstrapServers());
      kafka = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(Message record) {
      byte[] value = OutputFormat.JSON.encode(record);
      byte[] key = Integer.toString(value.length % 7).getBytes(UTF_8);
      var unused = kafka.send(new ProducerRecord<>(topic, key, value));
    }

    @Override
    public void close() {
      kafka.close();
    }
  }
}
