package dev.upswell.contract.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks values of pulled creators and tombstones in Redis to the byte. */
class PulledValuesTest {
  @Test
  void keysAreAKindAndTheIdInBraces() {
    assertThat(new String(RedisKeys.tombstones(303), US_ASCII)).isEqualTo("tombstones:{303}");
    assertThat(new String(RedisKeys.feedSnapshot(Long.MAX_VALUE), US_ASCII))
        .isEqualTo("feed-snapshot:{9223372036854775807}");
    assertThat(new String(RedisKeys.creatorsPulled(), US_ASCII)).isEqualTo("creators:pulled");
    assertThatThrownBy(() -> RedisKeys.tombstones(0))
        .hasMessageContaining("id: 0 (expected: a pos");
    assertThatThrownBy(() -> RedisKeys.feedSnapshot(-1)).hasMessageContaining("id: -1 (expected");
  }

  @Test
  void keysWithoutIdAreCopied() {
    RedisKeys.creatorsPulled()[0] = 'x';

    assertThat(new String(RedisKeys.creatorsPulled(), US_ASCII)).isEqualTo("creators:pulled");
  }

  @Test
  void snapshotsArePackedAsEpochTimeAndEntries() {
    FeedList list = FeedList.of(List.of(new FeedEntry(9, 1), FeedEntry.END));

    assertThat(HexFormat.of().formatHex(new FeedSnapshot(-2, 256, list).toBytes()))
        .isEqualTo(
            "fffffffffffffffe0000000000000100"
                + "00000000000000090000000000000001"
                + "0".repeat(32));
  }

  @Property
  void snapshotsSurvivePackingAndUnpacking(
      @ForAll long epoch, @ForAll long asOf, @ForAll List<Long> ids) {
    FeedList list = new FeedList(0);
    ids.forEach(id -> list.add(id, ~id));

    FeedSnapshot back = FeedSnapshot.fromBytes(new FeedSnapshot(epoch, asOf, list).toBytes());

    assertThat(back.epoch()).isEqualTo(epoch);
    assertThat(back.asOf()).isEqualTo(asOf);
    assertThat(back.list().size()).isEqualTo(ids.size());
    assertThat(back.list().toBytes()).isEqualTo(list.toBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 15, 17, 24, 31, 33})
  void snapshotsOfInvalidLengthAreRejected(int bytes) {
    assertThatThrownBy(() -> FeedSnapshot.fromBytes(new byte[bytes]))
        .hasMessage("pulled feed: " + bytes + " bytes (expected: 16 and 16 for each entry)");
  }

  @Test
  void removingFolloweesKeepsEpochAndOrder() {
    Following following = new Following(-5, new long[] {1, 3, 256, Long.MAX_VALUE});

    assertThat(following.without(new long[] {256, 2, 1, 256}))
        .isEqualTo(new Following(-5, new long[] {3, Long.MAX_VALUE}));
    assertThat(following.without(new long[0])).isEqualTo(following);
    assertThat(following.without(new long[] {Long.MAX_VALUE, 256, 3, 1}).followees()).isEmpty();
    assertThat(following.followees()).as("is never changed").hasSize(4);
  }

  @Test
  void followeesToRemoveMayBeUnsorted() {
    long[] gone = {9, 1};

    assertThat(new Following(5, new long[] {1, 9}).without(gone).followees()).isEmpty();

    assertThat(gone).containsExactly(9, 1);
  }

  @Test
  void onlyNegativeEpochsArePulled() {
    assertThat(new Following(-1, new long[] {1}).isPulled()).isTrue();
    assertThat(new Following(1, new long[] {1}).isPulled()).isFalse();
    assertThat(Following.NONE.isPulled()).isFalse();
  }
}
