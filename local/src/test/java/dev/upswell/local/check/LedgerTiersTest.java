package dev.upswell.local.check;

import static dev.upswell.local.check.ViewLedger.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.View;
import dev.upswell.simulation.model.TierModel;
import dev.upswell.simulation.model.TierModel.Change;
import org.junit.jupiter.api.Test;

class LedgerTiersTest {
  private static final int VIRAL_ABOVE = 50;

  private final ViewLedger ledger = new ViewLedger();
  private long viewers;

  private void watch(long video, int views, long minute) {
    for (int i = 0; i < views; i++) {
      ledger.add(view(video, ++viewers, minute));
    }
  }

  private static View view(long video, long viewer, long minute) {
    return View.newBuilder()
        .setVideoId(video)
        .setViewerId(viewer)
        .setViewedAt(minute * MINUTE)
        .build();
  }

  private TierModel model(long until) {
    return LedgerTiers.until(ledger, VIRAL_ABOVE, until);
  }

  @Test
  void videosStayViralTenMinutesBelowTheThreshold() {
    watch(1, 50, 0);
    watch(1, 1, 5);
    assertThat(model(4).changes()).isEmpty();
    assertThat(model(100).changes())
        .containsExactly(
            new Change(1, 5, Tier.ORIGIN, Tier.EDGE, Reason.VIRAL, 51),
            new Change(1, 70, Tier.EDGE, Tier.ORIGIN, Reason.COOLED, 0));
    assertThat(model(100).viral()).containsExactly(1L);
    assertThat(model(100).videos()).isEmpty();
  }

  @Test
  void topPercentIsAtTheEdgeAndTopTenthInTheRegions() {
    for (int video = 1; video <= 100; video++) {
      watch(video, video > 99 ? 9 : video > 90 ? 5 : 1, 0);
    }
    TierModel model = model(0);
    assertThat(model.active()).isEqualTo(100);
    assertThat(model.edgeFrom()).isEqualTo(9);
    assertThat(model.regionalFrom()).isEqualTo(5);
    assertThat(model.in(Tier.EDGE)).isEqualTo(1);
    assertThat(model.in(Tier.REGIONAL)).isEqualTo(9);
  }

  @Test
  void tooManyEqualVideosAreNotPromoted() {
    for (int video = 1; video <= 100; video++) {
      watch(video, video > 89 ? 5 : 1, 0);
    }
    assertThat(model(0).regionalFrom()).isEqualTo(Integer.MAX_VALUE);
    assertThat(model(0).changes()).isEmpty();
  }

  @Test
  void tooFewDifferentViewersMakeNothingViral() {
    for (int i = 0; i < 100; i++) {
      ledger.add(view(1, 1 + i % 19, 0));
    }
    assertThat(model(10).changes()).isEmpty();
    ledger.add(view(1, 20, 1));
    ledger.add(view(1, 21, 1));
    assertThat(model(10).viral()).containsExactly(1L);
  }

  @Test
  void lateViewsCountFromTheirArrival() {
    watch(1, 50, 0);
    ledger.addLate(view(1, 99, 2), 8);
    assertThat(model(7).changes()).isEmpty();
    assertThat(model(8).changes())
        .containsExactly(new Change(1, 8, Tier.ORIGIN, Tier.EDGE, Reason.VIRAL, 51));
  }
}
