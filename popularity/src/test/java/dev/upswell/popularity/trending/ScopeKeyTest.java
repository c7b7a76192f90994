package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.TextSlice;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeKeyTest {
  /** 2023-11-14 22:13:20 UTC. */
  private static final int EVENING = Slots.of(1_700_000_000_000L);

  private final ScopeKey origins = new ScopeKey(List.of("android", "ios"));

  @Test
  void segmentNamesContainDeviceRegionAndDayPart() {
    int segment = origins.of("BR", "ios", EVENING);
    assertThat(origins.name(segment)).isEqualTo("device:ios/region:BR/daypart:evening");
    assertThat(origins.name(ScopeKey.regionOf(segment))).isEqualTo("region:BR");
    assertThat(origins.name(ScopeKey.GLOBAL)).isEqualTo("global");
    assertThat(ScopeKey.isSegment(segment)).isTrue();
    assertThat(ScopeKey.isRegion(segment)).isFalse();
    assertThat(ScopeKey.isRegion(ScopeKey.regionOf(segment))).isTrue();
  }

  @Test
  void unknownDevicesAndRegionsCreateNoScope() {
    assertThat(origins.of("Brazil", "ios", EVENING)).isEqualTo(ScopeKey.GLOBAL);
    assertThat(origins.of("B1", "ios", EVENING)).isEqualTo(ScopeKey.GLOBAL);
    assertThat(origins.of("", "ios", EVENING)).isEqualTo(ScopeKey.GLOBAL);
    assertThat(origins.of("br", "toaster", EVENING))
        .isEqualTo(origins.of("BR", "fridge", EVENING))
        .satisfies(
            other ->
                assertThat(origins.name(other))
                    .isEqualTo("device:other/region:BR/daypart:evening"));
  }

  @Test
  void segmentKeysAreUniqueAndAboveThoseOfRegions() {
    Set<Integer> seen = new HashSet<>();
    for (char first = 'A'; first <= 'Z'; first++) {
      for (char second = 'A'; second <= 'Z'; second++) {
        for (String device : List.of("android", "ios", "else")) {
          for (int part = 0; part < 4; part++) {
            int segment = origins.of("" + first + second, device, part * 6 * Slots.PER_HOUR);
            assertThat(seen.add(segment)).isTrue();
            assertThat(segment).isGreaterThan(ScopeKey.regionOf(segment)).isLessThan(1 << 16);
          }
        }
      }
    }
  }

  @Test
  void slicesGiveTheSameScopeAsStrings() {
    for (String region : List.of("BR", "us", "x", "")) {
      for (String device : List.of("android", "ios", "iOS", "tv", "")) {
        assertThat(origins.of(slice(region), slice(device), EVENING))
            .isEqualTo(origins.of(region, device, EVENING));
      }
    }
  }

  @Test
  void caseOfRegionsAndDevicesIsIgnored() {
    assertThat(origins.of(slice("br"), slice("iOS"), EVENING))
        .isEqualTo(origins.of(slice("BR"), slice("ios"), EVENING));
    assertThatThrownBy(() -> new ScopeKey(List.of("iOS")))
        .hasMessage("devices: \"iOS\" (expected: 1 to 32 of a-z, 0-9 and -)");
  }

  @Test
  void devicesThatAreNotConfiguredAreOther() {
    assertThat(ScopeKey.isOtherDevice(origins.of("BR", "tv", EVENING))).isTrue();
    assertThat(ScopeKey.isOtherDevice(origins.of("BR", "ios", EVENING))).isFalse();
    assertThat(ScopeKey.isOtherDevice(origins.of("", "tv", EVENING))).isFalse();
  }

  private static TextSlice slice(String text) {
    byte[] record = (">" + text).getBytes(StandardCharsets.UTF_8);
    TextSlice slice = new TextSlice();
    slice.set(record, 1, record.length - 1, false);
    return slice;
  }
}
