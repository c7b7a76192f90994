package dev.upswell.viral;

import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.TierOverview;
import dev.upswell.contract.events.View;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.RedisKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job with a real Kafka and a real Redis, on few views. */
class ViralDetectorIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** The start of an hour, so long ago that all of this is in the past. */
  private final long start = (System.currentTimeMillis() / ViewLedger.HOUR - 6) * ViewLedger.HOUR;

  private static View view(long viewer, long video, long at) {
    return View.newBuilder()
        .setViewerId(viewer)
        .setVideoId(video)
        .setCreatorId(99)
        .setViewedAt(at)
        .setWatchMs(1_000)
        .build();
  }

  @Test
  void viewsBecomeCountsPromotionsDeadLettersAndLateEvents(@TempDir Path dir) throws Exception {
    long video = VideoIds.at(start - 3 * ViewLedger.HOUR, 1);
    try (ViralSystem system = new ViralSystem(dir)) {
      system.publish(video);
      system.startJob("--tiers.viral-above", "100", "--forecast.min-views", "1000000");
      for (int viewer = 1; viewer <= 150; viewer++) {
        View once =
            view(viewer, video, start + viewer * 1_000L).toBuilder().setEventId("e").build();
        system.kafka.send(EventType.VIEWS, once);
        system.kafka.send(EventType.VIEWS, once);
      }
      system.send(5, "{\"viewerId\":\"x\"}".getBytes(StandardCharsets.UTF_8));
      system.passTo(start + 20 * ViewLedger.MINUTE);

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                List<Promotion> promotions = system.promotions();
                assertThat(promotions).hasSize(1);
                assertThat(promotions.get(0).getVideoId()).isEqualTo(video);
                assertThat(promotions.get(0).getReason()).isEqualTo(Reason.VIRAL);
                assertThat(promotions.get(0).getTo()).isEqualTo(Tier.EDGE);
                assertThat(promotions.get(0).getDistinctShare()).isGreaterThan(0.9);
              });
      await().atMost(LONG).until(() -> system.tier(video).isPresent());
      assertThat(system.tier(video).orElseThrow().tier()).isEqualTo(Tier.EDGE);
      RecentViewsValue recent =
          RecentViewsValue.fromBytes(system.redis.get(RedisKeys.views(video)).orElseThrow());
      assertThat(recent.views()).isEqualTo(150);

      system.passTo(start + 4 * ViewLedger.HOUR);
      await().atMost(LONG).untilAsserted(() -> assertThat(hours(system, video)).hasSize(1));
      system.kafka.send(EventType.VIEWS, view(9, video, start + 30 * ViewLedger.MINUTE));
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(
                          system.kafka.<LateEvent>read(TOPICS.lateEvents(), LateEvent::newBuilder))
                      .hasSize(1));
      assertThat(system.kafka.keys(TOPICS.lateEvents())).containsExactly("9");

      HourlyViews hour = hours(system, video).get(0);
      assertThat(hour.getViews()).isEqualTo(150);
      assertThat(hour.getCreatorId()).isEqualTo(ViralSystem.CREATOR);
      assertThat(hour.getWatchMs()).isEqualTo(150_000);
      assertThat(hour.getDistinctViewers()).isBetween(145, 155);
      assertThat(Timestamps.toMillis(hour.getHourStart())).isEqualTo(start);
      assertThat(system.kafka.<DeadLetter>read(TOPICS.deadLetters(), DeadLetter::newBuilder))
          .singleElement()
          .satisfies(letter -> assertThat(letter.getReason()).startsWith("viewerId: "));
      await().atMost(LONG).until(() -> system.tier(video).orElseThrow().tier() == Tier.ORIGIN);
      assertThat(system.redis.get(RedisKeys.views(video))).isEmpty();
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(overview(system).getLastList())
                      .extracting(Promotion::getReason)
                      .containsExactly(Reason.COOLED, Reason.VIRAL));
      assertThat(overview(system).getEdge()).isZero();
    }
  }

  private static List<HourlyViews> hours(ViralSystem system, long video) {
    return system.hours().stream().filter(hour -> hour.getVideoId() == video).toList();
  }

  private static TierOverview overview(ViralSystem system) throws IOException {
    return TierOverview.parseFrom(system.redis.get(RedisKeys.tiers()).orElseThrow());
  }
}
