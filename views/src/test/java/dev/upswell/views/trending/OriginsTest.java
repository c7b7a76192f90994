package dev.upswell.views.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.ViewDecoder;
import dev.upswell.contract.ViewFields;
import dev.upswell.contract.events.View;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginsTest {
  /** 2023-11-14 22:13:20 UTC. */
  private static final int EVENING = Slots.of(1_700_000_000_000L);

  private final Origins origins = new Origins(List.of("android", "ios"));

  @Test
  void aSegmentIsNamedByDeviceRegionAndPartOfTheDay() {
    int segment = origins.of("BR", "ios", EVENING);
    assertThat(origins.name(segment)).isEqualTo("device:ios/region:BR/daypart:evening");
    assertThat(origins.name(Origins.regionOf(segment))).isEqualTo("region:BR");
    assertThat(origins.name(Origins.GLOBAL)).isEqualTo("global");
    assertThat(Origins.isSegment(segment)).isTrue();
    assertThat(Origins.isRegion(segment)).isFalse();
    assertThat(Origins.isRegion(Origins.regionOf(segment))).isTrue();
  }

  @Test
  void whatClientsMakeUpMakesNoScope() {
    assertThat(origins.of("Brazil", "ios", EVENING)).isEqualTo(Origins.GLOBAL);
    assertThat(origins.of("B1", "ios", EVENING)).isEqualTo(Origins.GLOBAL);
    assertThat(origins.of("", "ios", EVENING)).isEqualTo(Origins.GLOBAL);
    assertThat(origins.of("br", "toaster", EVENING))
        .isEqualTo(origins.of("BR", "fridge", EVENING))
        .satisfies(
            other ->
                assertThat(origins.name(other))
                    .isEqualTo("device:other/region:BR/daypart:evening"));
  }

  @Test
  void everySegmentHasANumberOfItsOwnAboveThatOfItsRegion() {
    Set<Integer> seen = new HashSet<>();
    for (char first = 'A'; first <= 'Z'; first++) {
      for (char second = 'A'; second <= 'Z'; second++) {
        for (String device : List.of("android", "ios", "else")) {
          for (int part = 0; part < 4; part++) {
            int segment = origins.of("" + first + second, device, part * 6 * Slots.PER_HOUR);
            assertThat(seen.add(segment)).isTrue();
            assertThat(segment).isGreaterThan(Origins.regionOf(segment)).isLessThan(1 << 16);
          }
        }
      }
    }
  }

  @Test
  void aViewsTextsSayTheSameAsStrings() {
    ViewFields fields = new ViewFields();
    ViewDecoder decoder = new ViewDecoder(InstantSource.system());
    for (String region : List.of("BR", "us", "x", "")) {
      for (String device : List.of("android", "ios", "tv", "")) {
        View view =
            View.newBuilder()
                .setViewerId(1)
                .setVideoId(2)
                .setCreatorId(3)
                .setViewedAt(1_700_000_000_000L)
                .setRegion(region)
                .setDevice(device)
                .build();
        assertThat(decoder.decode(view.toByteArray(), fields)).isEmpty();
        assertThat(origins.of(fields.region(), fields.device(), EVENING))
            .isEqualTo(origins.of(region, device, EVENING));
      }
    }
  }

  @Test
  void moreDevicesThanFitAreRefused() {
    assertThatThrownBy(() -> new Origins(Collections.nCopies(15, "x")))
        .hasMessage("devices: 15 (expected: 0..14)");
  }
}
