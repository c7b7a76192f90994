package dev.upswell.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.Topics;
import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.TrendingList;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The samples in docs/topics.md are records as they are on the topics. */
class TopicsDocTest {
  private static final Instant THEN = Instant.parse("2026-11-22T18:00:00Z");

  private final Map<String, TopicsDoc> topics = TopicsDoc.read();

  @Test
  void samplesOfOutputTopicsEqualWrittenRecords() throws Exception {
    Map<String, Message.Builder> written =
        Map.of(
            "hourly-views", HourlyViews.newBuilder(),
            "promotions", Promotion.newBuilder(),
            "trending", TrendingList.newBuilder(),
            "late-events", LateEvent.newBuilder(),
            "feed-deliveries", FeedDelivery.newBuilder());
    for (var topic : written.entrySet()) {
      String sample = topics.get(topic.getKey()).sample();
      Message.Builder record = topic.getValue();
      JsonFormat.parser().merge(sample, record);

      assertThat(new String(OutputFormat.JSON.encode(record.build()), UTF_8)).isEqualTo(sample);
    }
  }

  @Test
  void sampleOfAViewIsAccepted() {
    EventCodec<?> codec = new EventCodec<>(EventType.VIEWS, InstantSource.fixed(THEN));

    assertThat(codec.decode(topics.get("views").sample().getBytes(UTF_8)))
        .isInstanceOf(Decoded.Good.class);
  }

  @Test
  void everyTopicThatIsReadOrWrittenIsInTheTable() {
    String page = Project.read("docs/topics.md");
    Topics names = new Topics("");
    assertThat(EventType.all().stream().map(EventType::name))
        .allSatisfy(name -> assertThat(page).containsPattern("\\| \\[?`" + name + "`"));
    assertThat(
            List.of(
                names.hourlyViews(),
                names.promotions(),
                names.lateEvents(),
                names.trending(),
                names.feedDeliveries(),
                names.deadLetters()))
        .allSatisfy(name -> assertThat(page).containsPattern("\\| \\[?`" + name + "`"));
  }
}
