package dev.upswell.popularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewCountFormatTest {
  private static final byte[] SOME = ViewerCounts.pack(new int[] {7, -3, 7}, 3);

  private static List<ViewCount> unpacked(byte[] packed) {
    List<ViewCount> counts = new ArrayList<>();
    ViewCountFormat.unpack(packed, counts::add);
    return counts;
  }

  @Test
  void packedCountsAreUnpackedUnchanged() {
    List<ViewCount> counts =
        List.of(
            new ViewCount(1, 29_000_040, 3, 4, SOME, false),
            new ViewCount(
                Long.MAX_VALUE,
                1_000_000_000,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                ViewerCounts.NO_VIEWERS,
                true));
    assertThat(unpacked(ViewCountFormat.pack(counts)))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(counts);
    assertThat(unpacked(ViewCountFormat.pack(List.of()))).isEmpty();
  }

  @Test
  void otherVersionsAreRejectedWithBothNumbers() {
    assertThatThrownBy(() -> unpacked(new byte[] {9}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("packed counts: version 9 (expected: 2)");
  }
}
