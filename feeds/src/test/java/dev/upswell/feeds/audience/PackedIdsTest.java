package dev.upswell.feeds.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PackedIdsTest {
  @Property
  void idsSurvivePackingAndUnpacking(
      @ForAll Set<@LongRange(min = 1, max = Long.MAX_VALUE) Long> set) {
    long[] ids = set.stream().mapToLong(Long::longValue).sorted().toArray();

    assertThat(PackedIds.unpack(PackedIds.pack(ids, 0, ids.length), ids.length)).isEqualTo(ids);
  }

  @Property
  void addingAndRemovingEqualsRepacking(
      @ForAll Set<@LongRange(min = 1, max = Long.MAX_VALUE) Long> set,
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long one) {
    set.remove(one);
    byte[] packed = packed(set);
    Set<Long> more = new HashSet<>(set);
    more.add(one);

    assertThat(PackedIds.with(packed, one)).isEqualTo(packed(more));
    assertThat(PackedIds.with(packed(more), one)).isEqualTo(packed(more));
    assertThat(PackedIds.without(packed(more), one)).isEqualTo(packed);
    assertThat(PackedIds.without(packed, one)).isSameAs(packed);
    for (long other : set) {
      assertThat(PackedIds.with(packed, other)).isSameAs(packed);
      assertThat(PackedIds.with(PackedIds.without(packed, other), other)).isEqualTo(packed);
    }
  }

  private static byte[] packed(Set<Long> set) {
    long[] ids = set.stream().mapToLong(Long::longValue).sorted().toArray();
    return PackedIds.pack(ids, 0, ids.length);
  }

  @Test
  void deltasTakeOneBytePerSevenBits() {
    assertThat(PackedIds.pack(new long[0], 0, 0)).isEmpty();
    assertThat(PackedIds.pack(new long[] {0x7F}, 0, 1)).containsExactly(0x7F);
    assertThat(PackedIds.pack(new long[] {0x80}, 0, 1)).containsExactly(0x80, 0x01);
    assertThat(PackedIds.pack(new long[] {Long.MAX_VALUE}, 0, 1)).hasSize(9);
    assertThat(PackedIds.pack(new long[] {1_000_000, 1_000_127}, 0, 2)).hasSize(4);
  }

  @Test
  void partsOfIdsArePackedFromZero() {
    long[] ids = {3, 500, 501, 9_000};

    assertThat(PackedIds.unpack(PackedIds.pack(ids, 1, 3), 2)).containsExactly(500, 501);
  }
}
