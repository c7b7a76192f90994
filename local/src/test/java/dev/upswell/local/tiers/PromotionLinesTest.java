package dev.upswell.local.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionLinesTest {
  private final PromotionLines lines = new PromotionLines(2);

  private static Promotion promotion(long video, Tier to, Reason reason, int views, int forecast) {
    return Promotion.newBuilder()
        .setVideoId(video)
        .setTo(to)
        .setReason(reason)
        .setViewsLastHour(views)
        .setForecast(forecast)
        .setVersion(60_000)
        .build();
  }

  @Test
  void viralAndForecastVideosArePrintedWithViews() {
    assertThat(
            lines.of(
                List.of(
                    promotion(853, Tier.EDGE, Reason.FORECAST, 90, 1_900),
                    promotion(854, Tier.EDGE, Reason.VIRAL, 1_204, 0))))
        .containsExactly(
            "edge 854 VIRAL 1,204 views", "edge 853 FORECAST 90 views, forecast 1,900");
  }

  @Test
  void otherVideosAreNotPrinted() {
    assertThat(
            lines.of(
                List.of(
                    promotion(1, Tier.EDGE, Reason.PERCENTILE, 90, 0),
                    promotion(2, Tier.REGIONAL, Reason.FORECAST, 90, 100),
                    promotion(3, Tier.ORIGIN, Reason.COOLED, 0, 0))))
        .isEmpty();
  }

  @Test
  void onlyTheMostViewedOfManyArePrinted() {
    assertThat(
            lines.of(
                List.of(
                    promotion(1, Tier.EDGE, Reason.VIRAL, 10, 0),
                    promotion(2, Tier.EDGE, Reason.VIRAL, 30, 0),
                    promotion(3, Tier.EDGE, Reason.VIRAL, 20, 0))))
        .containsExactly("edge 2 VIRAL 30 views", "edge 3 VIRAL 20 views", "edge: 1 more videos");
  }

  @Test
  void repeatedPromotionIsPrintedOnce() {
    Promotion viral = promotion(1, Tier.EDGE, Reason.VIRAL, 10, 0);
    assertThat(lines.of(List.of(viral))).hasSize(1);
    assertThat(lines.of(List.of(viral))).isEmpty();
  }
}
