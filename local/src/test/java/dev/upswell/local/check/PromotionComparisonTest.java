package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.View;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromotionComparisonTest {
  private static final Promotion VIRAL =
      Promotion.newBuilder()
          .setVideoId(7)
          .setFrom(Tier.ORIGIN)
          .setTo(Tier.EDGE)
          .setReason(Reason.VIRAL)
          .setViewsLastHour(11)
          .setVersion(59_999)
          .build();

  private final ViewLedger ledger = new ViewLedger();

  @BeforeEach
  void watch() {
    for (int viewer = 1; viewer <= 11; viewer++) {
      ledger.add(View.newBuilder().setVideoId(7).setViewerId(viewer).build());
    }
  }

  private PromotionComparison comparison() {
    return new PromotionComparison(LedgerTiers.until(ledger, 10, 0), video -> false);
  }

  @Test
  void promotionsOfTheModelAreOkAlsoAsDuplicates() {
    List<Promotion> twice = List.of(VIRAL, VIRAL);
    assertThat(comparison().hasAllViral(twice)).isTrue();
    assertThat(comparison().hasAllChanges(twice)).isTrue();
    assertThat(comparison().compareViral(twice).report())
        .isEqualTo("ok viral videos: 1 viral videos promoted, 1 in the model");
    assertThat(comparison().compareChanges(twice).report())
        .isEqualTo(
            "ok promotions: 1 changes of tiers, 1 in the model; of these 1 to viral, 0 cooled");
  }

  @Test
  void missingPromotionIsReported() {
    assertThat(comparison().hasAllViral(List.of())).isFalse();
    assertThat(comparison().compareViral(List.of()).report())
        .startsWith("FAILED")
        .contains("missing: viral video 7");
  }

  @Test
  void anotherMinuteIsAnotherChangeOfTheSameViralVideo() {
    List<Promotion> later = List.of(VIRAL.toBuilder().setVersion(119_999).build());
    assertThat(comparison().compareViral(later).ok()).isTrue();
    assertThat(comparison().compareChanges(later).report())
        .startsWith("FAILED")
        .contains("not in the model: Change[videoId=7, minute=1");
  }

  @Test
  void anotherViralVideoIsNamed() {
    assertThat(
            comparison()
                .compareViral(List.of(VIRAL, VIRAL.toBuilder().setVideoId(8).build()))
                .report())
        .contains("not in the model: viral video 8");
  }
}
