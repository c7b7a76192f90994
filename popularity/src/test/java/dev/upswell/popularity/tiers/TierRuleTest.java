package dev.upswell.popularity.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import org.junit.jupiter.api.Test;

class TierRuleTest {
  private static final int DWELL = 10;
  private final TierRule rule = new TierRule(new TierSettings(1_000, 0.01, 0.1, 0.7, DWELL, 0.2));
  private int minute = 1;
  private TierAssignment standing = TierAssignment.ORIGIN;

  private static TierThresholds thresholds(int edge, int regional) {
    return new TierThresholds(0, edge, regional, 100);
  }

  private TierAssignment see(int views, int forecastAtLeast, TierThresholds thresholds) {
    standing =
        rule.after(
            standing,
            new TierSignals(views, 1, forecastAtLeast, forecastAtLeast),
            thresholds,
            minute);
    minute++;
    return standing;
  }

  private void is(Tier tier, Reason reason) {
    assertThat(standing.tier()).isEqualTo(tier);
    assertThat(standing.reason()).isEqualTo(reason);
  }

  @Test
  void promotionsByViewsRankOrForecastAreImmediate() {
    TierThresholds thresholds = thresholds(500, 100);
    see(99, 0, thresholds);
    is(Tier.ORIGIN, Reason.REASON_UNSPECIFIED);
    see(99, 100, thresholds);
    is(Tier.REGIONAL, Reason.FORECAST);
    see(100, 100, thresholds);
    is(Tier.REGIONAL, Reason.PERCENTILE);
    see(100, 500, thresholds);
    is(Tier.EDGE, Reason.FORECAST);
    see(500, 500, thresholds);
    is(Tier.EDGE, Reason.PERCENTILE);
    see(1_000, 0, thresholds);
    is(Tier.EDGE, Reason.PERCENTILE);
    see(1_001, 0, thresholds);
    is(Tier.EDGE, Reason.VIRAL);
    assertThat(standing.since()).isEqualTo(minute - 1);
  }

  @Test
  void demotionsFollowTenConsecutiveMinutesBelowTheTier() {
    TierThresholds thresholds = thresholds(500, 100);
    see(600, 0, thresholds);
    for (int i = 0; i < DWELL; i++) {
      see(349, 0, thresholds);
    }
    is(Tier.EDGE, Reason.PERCENTILE);
    see(350, 0, thresholds);
    for (int i = 0; i < DWELL; i++) {
      see(349, 0, thresholds);
      is(Tier.EDGE, Reason.PERCENTILE);
    }
    see(349, 0, thresholds);
    is(Tier.REGIONAL, Reason.COOLED);
    for (int i = 0; i <= DWELL; i++) {
      is(Tier.REGIONAL, Reason.COOLED);
      see(0, 0, thresholds);
    }
    is(Tier.ORIGIN, Reason.COOLED);
  }

  @Test
  void videosWithFewDistinctViewersAreNotPromoted() {
    standing =
        rule.after(standing, new TierSignals(5_000, 0.19, 5_000, 5_000), thresholds(500, 100), 1);
    is(Tier.ORIGIN, Reason.REASON_UNSPECIFIED);
    standing = rule.after(standing, new TierSignals(5_000, 0.2, 0, 0), thresholds(500, 100), 2);
    is(Tier.EDGE, Reason.VIRAL);
  }

  @Test
  void onlyViralVideosArePromotedWithoutPercentileTiers() {
    see(1_000, 1_000, thresholds(Integer.MAX_VALUE, Integer.MAX_VALUE));
    is(Tier.ORIGIN, Reason.REASON_UNSPECIFIED);
    see(1_000, 1_001, thresholds(Integer.MAX_VALUE, Integer.MAX_VALUE));
    is(Tier.EDGE, Reason.FORECAST);
  }

  @Test
  void demotedViralVideosTurnViralAgain() {
    TierThresholds nobody = thresholds(Integer.MAX_VALUE, Integer.MAX_VALUE);
    see(2_000, 0, nobody);
    for (int i = 0; i <= DWELL; i++) {
      see(0, 0, nobody);
    }
    is(Tier.ORIGIN, Reason.COOLED);
    see(2_000, 0, nobody);
    is(Tier.EDGE, Reason.VIRAL);
  }
}
