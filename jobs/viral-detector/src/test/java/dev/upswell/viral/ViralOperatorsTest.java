package dev.upswell.viral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewerCounts;
import dev.upswell.popularity.ViewerSet;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.popularity.tiers.TierSettings;
import dev.upswell.simulation.model.TierModel.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operators behind the combiner together, against a model. */
class ViralOperatorsTest {
  private static final int T0 = 29_000_040;
  private static final int VIRAL = 60;
  private static final TierSettings TIERS = new TierSettings(VIRAL, 0.01, 0.1, 0.7, 10, 0.2);
  private static final ForecastSettings NO_FORECAST =
      new ForecastSettings(Integer.MAX_VALUE, 0.8, Duration.ofDays(7));

  private final ViewLedger ledger = new ViewLedger();
  private long viewer;

  private ViewCount views(long video, int minute, int views) {
    ViewerSet set = new ViewerSet();
    for (int i = 0; i < views; i++) {
      viewer++;
      set.add(ViewerCounts.hash(viewer));
      ledger.add(video, viewer, minute * Minutes.MILLIS, 10);
    }
    return new ViewCount(video, minute, views, 10L * views, set.pack(), false);
  }

  /** One random history: what is watched in each minute, with crashes in between. */
  private void live(long seed) throws Exception {
    Random random = new Random(seed);
    int videos = 1 + random.nextInt(150);
    int minutes = 30 + random.nextInt(150);
    List<List<ViewCount>> history = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      List<ViewCount> now = new ArrayList<>();
      int some = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
      for (int i = 0; i < some; i++) {
        long video = 1 + (long) (videos * Math.pow(random.nextDouble(), 3));
        now.add(views(video, T0 + minute, 1 + random.nextInt(random.nextInt(5) == 0 ? 40 : 4)));
      }
      history.add(now);
    }
    // With room for many counts, or so few that they are spilled before their minute is over.
    int maxBuffered = random.nextBoolean() ? 1_000_000 : 1 + random.nextInt(30);
    try (OperatorChain chain = new OperatorChain(TIERS, NO_FORECAST, maxBuffered)) {
      play(random, history, chain);
      checkAgainstModels(seed, chain, T0 + minutes + 200);
      // Spilled counts are added to the next ones.
      chain.save(history.size());
      assertThat(chain.entries()).as("state of history %d", seed).isZero();
    }
  }

  private static void play(Random random, List<List<ViewCount>> history, OperatorChain chain)
      throws Exception {
    Optional<OperatorChain.Saved> saved = Optional.empty();
    int savedAt = 0;
    int crashes = 2;
    for (int minute = 0; minute < history.size(); minute++) {
      for (ViewCount count : history.get(minute)) {
        chain.count(count);
      }
      if (random.nextInt(10) == 0) {
        // In the middle of a minute, or when it is over for some only: what waits has to be in it.
        if (random.nextBoolean()) {
          chain.passHours(T0 + minute);
        }
        saved = Optional.of(chain.save(minute));
        savedAt = minute;
      }
      if (random.nextInt(3) > 0) {
        chain.pass(T0 + minute);
      }
      if (saved.isPresent() && crashes > 0 && random.nextInt(20) == 0) {
        crashes--;
        chain.restore(saved.get());
        minute = savedAt;
        chain.pass(T0 + minute);
      }
    }
    for (int step = 1; step <= 200; step++) {
      chain.pass(T0 + history.size() + step);
    }
  }

  private void checkAgainstModels(long seed, OperatorChain chain, int last) {
    List<Change> found = chain.promotions().stream().map(Change::of).toList();
    assertThat(found)
        .as("promotions of history %d", seed)
        .containsExactlyInAnyOrderElementsOf(ledger.tierChanges(VIRAL, last));

    Map<ViewLedger.Hour, Integer> views = new HashMap<>();
    for (HourlyViews hour : chain.hourlyViews()) {
      var key = new ViewLedger.Hour(hour.getVideoId(), Timestamps.toMillis(hour.getHourStart()));
      assertThat(views.put(key, hour.getViews())).as("twice in history %d", seed).isNull();
    }
    Map<ViewLedger.Hour, Integer> expected = new HashMap<>();
    ledger.hours.forEach((hour, totals) -> expected.put(hour, totals.views));
    assertThat(views).as("hours of history %d", seed).isEqualTo(expected);
  }

  @Test
  void resultsEqualTheModelThroughCrashesAndNoStateIsLeft() throws Exception {
    for (long seed = 1; seed <= 40; seed++) {
      ViralOperatorsTest fresh = new ViralOperatorsTest();
      fresh.live(seed);
    }
  }

  @Test
  void youngVideosArePromotedByForecastAfterTraining() throws Exception {
    ForecastSettings settings = new ForecastSettings(10, 0.8, Duration.ofDays(7));
    try (OperatorChain chain =
        new OperatorChain(new TierSettings(500, 0, 0, 0.7, 10, 0.2), settings)) {
      for (int lesson = 0; lesson < 12; lesson++) {
        watch(chain, VideoIds.at(T0 * Minutes.MILLIS, lesson + 1), T0, 60, 4 + lesson % 3);
      }
      for (int minute = T0; minute < T0 + 90; minute++) {
        chain.pass(minute);
      }
      assertThat(chain.promotions()).isEmpty();

      int start = T0 + 90;
      long rising = VideoIds.at(start * Minutes.MILLIS, 1);
      watch(chain, rising, start, 60, 14);
      for (int minute = start; minute < start + 300; minute++) {
        chain.pass(minute);
      }

      assertThat(chain.promotions())
          .extracting(Promotion::getReason)
          .containsExactly(Reason.FORECAST, Reason.VIRAL, Reason.COOLED);
      Promotion early = chain.promotions().get(0);
      assertThat(early.getTo()).isEqualTo(Tier.EDGE);
      assertThat(early.getForecastAtLeast()).isGreaterThan(500);
      assertThat(early.getForecast()).isGreaterThanOrEqualTo(early.getForecastAtLeast());
      assertThat(early.getViewsLastHour()).isLessThan(500);
      assertThat(chain.entries()).isZero();
    }
  }

  private void watch(OperatorChain chain, long video, int from, int minutes, int eachMinute)
      throws Exception {
    for (int minute = from; minute < from + minutes; minute++) {
      chain.count(views(video, minute, eachMinute));
    }
  }

  @Test
  void lateViewsAfterIdlenessCountInTheRollingHourOnly() throws Exception {
    int hour = T0 / Minutes.PER_HOUR * Minutes.PER_HOUR;
    int closed = hour + Minutes.PER_HOUR + OperatorChain.LATENESS - 1;
    try (OperatorChain chain = new OperatorChain(TIERS, NO_FORECAST)) {
      chain.count(views(5, hour + 30, 3));
      chain.pass(closed - 1);
      chain.count(views(5, hour + 59, 4));
      chain.pass(closed);
      assertThat(chain.hourlyViews()).extracting(HourlyViews::getViews).containsExactly(7);

      // One in an hour with stored viewers, and one in an expired hour.
      chain.count(views(5, hour + 30, 8));
      chain.count(views(6, hour + 30, 90));
      chain.count(views(6, hour + 5, 90));
      chain.count(views(6, closed, 5));
      chain.pass(closed + 1);
      assertThat(chain.promotions())
          .singleElement()
          .satisfies(promotion -> assertThat(promotion.getViewsLastHour()).isEqualTo(95));
      for (int minute = closed + 2; minute < closed + 200; minute++) {
        chain.pass(minute);
      }
      assertThat(chain.hourlyViews()).extracting(HourlyViews::getViews).containsExactly(7, 5);
      chain.save(1);
      assertThat(chain.entries()).isZero();
    }
  }

  private static Video record(long video, Video.Type type, Video.Visibility visibility) {
    return Video.newBuilder()
        .setVideoId(video)
        .setCreatorId(OperatorChain.CREATOR)
        .setType(type)
        .setVisibility(visibility)
        .setAt(T0 * Minutes.MILLIS)
        .build();
  }

  @Test
  void removedViralVideoLeavesTheEdgeBeforeTheMinuteEnds() throws Exception {
    try (OperatorChain chain = new OperatorChain(TIERS, NO_FORECAST)) {
      chain.count(views(5, T0, VIRAL + 1));
      chain.pass(T0);
      chain.count(views(5, T0 + 1, VIRAL + 1));
      chain.passHours(T0 + 1);

      chain.read(record(5, Video.Type.REMOVED, Video.Visibility.PUBLIC));

      assertThat(chain.promotions())
          .extracting(Promotion::getReason, Promotion::getTo)
          .containsExactly(tuple(Reason.VIRAL, Tier.EDGE), tuple(Reason.HIDDEN, Tier.ORIGIN));
      assertThat(chain.updates())
          .endsWith(
              new TierUpdate.Assigned(
                  5, new TierValue(Minutes.end(T0) + 1, Tier.ORIGIN, Reason.HIDDEN)));
      for (int minute = T0 + 2; minute < T0 + 200; minute++) {
        chain.count(views(5, minute, VIRAL + 1));
        chain.pass(minute);
      }
      assertThat(chain.promotions()).hasSize(2);
      assertThat(chain.hourlyViews())
          .isNotEmpty()
          .allMatch(hour -> hour.getCreatorId() == OperatorChain.CREATOR);
    }
  }

  @Test
  void privateVideoHasNoTierUntilItIsPublic() throws Exception {
    try (OperatorChain chain = new OperatorChain(TIERS, NO_FORECAST)) {
      chain.read(record(5, Video.Type.PUBLISHED, Video.Visibility.PRIVATE));
      chain.count(views(5, T0, VIRAL + 1));
      chain.pass(T0);
      assertThat(chain.promotions()).isEmpty();
      assertThat(chain.updates()).isEmpty();

      chain.read(record(5, Video.Type.PUBLISHED, Video.Visibility.PUBLIC));
      chain.pass(T0 + 1);

      assertThat(chain.promotions()).extracting(Promotion::getReason).containsExactly(Reason.VIRAL);
    }
  }

  @Test
  void videoThatWasNeverPublishedHasHoursAndNoTier() throws Exception {
    try (OperatorChain chain = new OperatorChain(TIERS, NO_FORECAST)) {
      chain.countUnpublished(views(5, T0, VIRAL + 1));
      for (int minute = T0; minute < T0 + 200; minute++) {
        chain.pass(minute);
      }

      assertThat(chain.promotions()).isEmpty();
      assertThat(chain.hourlyViews())
          .singleElement()
          .matches(hour -> hour.getCreatorId() == 0 && hour.getViews() == VIRAL + 1);
    }
  }

  @Test
  void viewerInTwoHoursCountsOnceForThePromotion() throws Exception {
    int hour = T0 / Minutes.PER_HOUR * Minutes.PER_HOUR;
    TierSettings half = new TierSettings(VIRAL, 0.01, 0.1, 0.7, 10, 0.51);
    try (OperatorChain chain = new OperatorChain(half, NO_FORECAST)) {
      chain.count(views(5, hour - 1, VIRAL));
      viewer -= VIRAL;
      chain.count(views(5, hour + 1, VIRAL));
      chain.pass(hour + 1);

      assertThat(chain.promotions()).isEmpty();
    }
  }

  @Test
  void promotionDoesNotDependOnCountsThatWereReadAhead() throws Exception {
    for (int maxBuffered : new int[] {1, Integer.MAX_VALUE}) {
      try (OperatorChain chain = new OperatorChain(TIERS, NO_FORECAST, maxBuffered)) {
        ViewerSet one = new ViewerSet();
        one.add(ViewerCounts.hash(1));
        chain.count(new ViewCount(5, T0, 2 * VIRAL, 0, one.pack(), false));
        chain.count(views(5, T0 + 1, VIRAL));
        chain.pass(T0);
        assertThat(chain.promotions()).as("with room for %d", maxBuffered).isEmpty();
        chain.pass(T0 + 1);
        assertThat(chain.promotions()).as("with room for %d", maxBuffered).hasSize(1);
      }
    }
  }

  @Test
  void idlenessIsNotPassedOn() throws Exception {
    try (var hours =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new RollingHourOperator(OperatorChain.LATENESS, 1, 1, Duration.ofDays(90)),
            ViewCount::videoId,
            Video::getVideoId,
            Types.LONG)) {
      hours.setup(ViralTypes.ROLLING_HOUR.createSerializer(new SerializerConfigImpl()));
      hours.open();
      hours.processWatermarkStatus2(WatermarkStatus.IDLE);
      hours.processWatermark1(new Watermark(Minutes.end(T0)));
      hours.processWatermarkStatus1(WatermarkStatus.IDLE);
      hours.processWatermarkStatus1(WatermarkStatus.ACTIVE);
      hours.processWatermark1(new Watermark(Minutes.end(T0 + 1)));

      // An operator behind waits for this subtask, even if another one is earlier to resume.
      assertThat(hours.getOutput())
          .containsExactly(new Watermark(Minutes.end(T0)), new Watermark(Minutes.end(T0 + 1)));
    }
  }
}
