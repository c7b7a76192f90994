package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.CollectedEvents;
import dev.upswell.local.events.EventSink;
import dev.upswell.local.feed.FakeApi;
import dev.upswell.local.trending.TrendingClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrendComparisonTest {
  private static final long T0 = 20_000L * 24 * ViewLedger.HOUR;
  private static final String AT = Instant.ofEpochMilli(T0 + 70_000).toString();
  private static final double LEFT = Math.pow(0.5, 6 / 90.0);

  private final TrendLedger ledger = new TrendLedger();
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    EventSink sink = ledger.before(new CollectedEvents());
    for (long video = 11; video <= 12; video++) {
      sink.send(
          EventType.VIDEOS,
          Video.newBuilder()
              .setVideoId(video)
              .setCreatorId(1)
              .setType(Video.Type.PUBLISHED)
              .setAt(T0)
              .build());
    }
    for (int viewer = 1; viewer <= 50; viewer++) {
      long video = viewer <= 20 ? 11 : 12;
      sink.send(
          EventType.VIEWS,
          View.newBuilder().setViewerId(viewer).setVideoId(video).setViewedAt(T0).build());
    }
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String entry(long video, double engagement, double score, int count) {
    return """
        {"videoId":"%d","score":%s,"engagement":%s,"baseline":10,"deviation":4,"views":%d,"viewers":%d}
        """
        .formatted(video, score, engagement, count, count);
  }

  private void answer(String kind, String... entries) {
    api.on(
        "/v1/trending?limit=100&kind=" + kind + "&scope=global",
        200,
        "{\"asOf\":\"%s\",\"entries\":[%s]}".formatted(AT, String.join(",", entries)));
  }

  private String compare(long last) {
    return new TrendComparison(new TrendingClient(api.url()), ledger, Duration.ZERO)
        .compare(last)
        .report();
  }

  private static final String FIRST = entry(12, 30 * LEFT, 30 * LEFT, 29);
  private static final String SECOND = entry(11, 20 * LEFT, 20 * LEFT, 19);
  private static final String RISING = entry(12, 30 * LEFT, (30 * LEFT - 10) / 4, 29);

  @Test
  void listsThatAreThoseOfTheModelAreOk() {
    answer("top", FIRST, SECOND);
    answer("rising", RISING);
    assertThat(compare(T0))
        .isEqualTo(
            "ok trending: 2 places of what is watched most in 1 scopes equal the model,"
                + " and 1 of what is rising, as of "
                + AT);
  }

  @Test
  void missingVideoOfAListIsReported() {
    answer("top", FIRST);
    answer("rising", RISING);
    assertThat(compare(T0)).startsWith("FAILED").contains("global: 1 videos (expected: 2)");
  }

  @Test
  void anotherOrderAndAnotherScoreAreFound() {
    answer("top", SECOND, FIRST);
    answer("rising", entry(12, 30 * LEFT, 9, 29), entry(13, 30 * LEFT, 3, 29));
    assertThat(compare(T0))
        .contains("global, place 0: Entry[videoId=11")
        .contains("global, place 1: Entry[videoId=12")
        .contains("global, rising: Entry[videoId=12, score=9.0")
        .contains("global, rising: Entry[videoId=13");
  }

  @Test
  void listsOfAnEarlierTimeAreNotEnough() {
    answer("top", FIRST, SECOND);
    answer("rising", RISING);
    assertThat(compare(T0 + 70_000)).contains("the list of the world is of");
  }
}
