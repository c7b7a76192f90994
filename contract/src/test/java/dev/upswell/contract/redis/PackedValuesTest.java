package dev.upswell.contract.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Checks values in Redis to the byte, because job and API of different releases share them. */
class PackedValuesTest {
  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void keysAreAKindAndTheIdInBraces() {
    assertThat(new String(RedisKeys.feed(1), US_ASCII)).isEqualTo("feed:{1}");
    assertThat(new String(RedisKeys.outbox(20), US_ASCII)).isEqualTo("outbox:{20}");
    assertThat(new String(RedisKeys.following(303), US_ASCII)).isEqualTo("following:{303}");
    assertThat(new String(RedisKeys.warm(4), US_ASCII)).isEqualTo("warm:{4}");
    assertThat(new String(RedisKeys.video(Long.MAX_VALUE), US_ASCII))
        .isEqualTo("video:{9223372036854775807}");
    assertThatThrownBy(() -> RedisKeys.feed(0)).hasMessageContaining("id: 0 (expected: a positive");
  }

  @Property
  void keysContainTheDigitsOfTheId(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long id) {
    assertThat(new String(RedisKeys.feed(id), US_ASCII)).isEqualTo("feed:{" + id + "}");
  }

  @Test
  void kindsOfKeysAreRecognized() {
    assertThat(RedisKeys.isOfVideo(ByteBuffer.wrap(RedisKeys.video(7)))).isTrue();
    assertThat(RedisKeys.isOfVideo(ByteBuffer.wrap(RedisKeys.views(7)))).isFalse();
    assertThat(RedisKeys.isOfFollowing(ByteBuffer.wrap(RedisKeys.following(7)))).isTrue();
    assertThat(RedisKeys.isOfFollowing(ByteBuffer.wrap(RedisKeys.tombstones(7)))).isTrue();
    assertThat(RedisKeys.isOfFollowing(ByteBuffer.wrap(RedisKeys.feed(7)))).isFalse();
    assertThat(RedisKeys.isOfFollowing(ByteBuffer.wrap(RedisKeys.warm(7)))).isFalse();
  }

  @Test
  void entriesAreTwoBigEndianNumbers() {
    FeedEntry entry = new FeedEntry(1, 2);

    assertThat(hex(entry.toBytes())).isEqualTo("00000000000000010000000000000002");
    assertThat(FeedEntry.fromBytes(entry.toBytes())).isEqualTo(entry);
    assertThat(hex(FeedEntry.END.toBytes())).isEqualTo("0".repeat(32));
    assertThat(FeedEntry.marker(7).isMarker()).isTrue();
    assertThat(hex(FeedEntry.marker(7).toBytes())).isEqualTo("ffffffffffffffff0000000000000007");
    assertThatThrownBy(() -> FeedEntry.fromBytes(new byte[15]))
        .hasMessage("feed entry: 15 bytes (expected: 16)");
  }

  @Test
  void followingsArePackedAsEpochAndFollowees() {
    Following following = new Following(5, new long[] {1, 256});

    assertThat(hex(following.toBytes()))
        .isEqualTo("000000000000000500000000000000010000000000000100");
    assertThat(Following.fromBytes(following.toBytes())).isEqualTo(following);
    assertThat(following.contains(256)).isTrue();
    assertThat(following.contains(2)).isFalse();
    assertThatThrownBy(() -> Following.fromBytes(new byte[0]))
        .hasMessageContaining("following: 0 bytes");
    assertThatThrownBy(() -> Following.fromBytes(new byte[12]))
        .hasMessageContaining("following: 12 bytes");
  }

  @Test
  void emptyAndMarkedListsAreIncomplete() {
    assertThat(new FeedList(0).isComplete()).isFalse();
    FeedEntry video = new FeedEntry(9, 1);
    assertThat(FeedList.of(List.of(video, FeedEntry.marker(3))).isComplete()).isFalse();
    assertThat(FeedList.of(List.of(video)).floor()).isEqualTo(9);
    FeedList whole = FeedList.of(List.of(video, FeedEntry.END));
    assertThat(whole.floor()).isZero();
    assertThat(whole.size()).isEqualTo(2);
    assertThat(whole.entry(0)).isEqualTo(video);
    assertThat(hex(whole.toBytes())).isEqualTo("00000000000000090000000000000001" + "0".repeat(32));
    FeedList numbered = FeedList.of(List.of(video, FeedEntry.tail(8, 77)));
    assertThat(numbered.floor()).isEqualTo(8);
    assertThat(numbered.videos()).isEqualTo(1);
    assertThat(new FeedList(0).videos()).isZero();
    assertThatThrownBy(() -> new FeedList(0).floor()).hasMessageContaining("no floor");
  }

  @Test
  void recentViewsArePackedAsTimeAndCounts() {
    RecentViewsValue views = new RecentViewsValue(1_780_000_019_999L, 1, 256, 3);

    assertThat(hex(views.toBytes())).isEqualTo("0000019e7044d61f000000010000010000000003");
    assertThat(RecentViewsValue.fromBytes(views.toBytes())).isEqualTo(views);
    assertThatThrownBy(() -> RecentViewsValue.fromBytes(new byte[16]))
        .hasMessage("recent views: 16 bytes (expected: 20)");
  }

  @Test
  void tiersArePackedAsVersionTierAndReason() {
    TierValue standing = new TierValue(1_780_000_019_999L, Tier.EDGE, Reason.FORECAST);

    assertThat(hex(standing.toBytes())).isEqualTo("0000019e7044d61f0303");
    assertThat(TierValue.fromBytes(standing.toBytes())).isEqualTo(standing);
    assertThatThrownBy(() -> TierValue.fromBytes(new byte[9]))
        .hasMessage("tier: 9 bytes (expected: 10)");
  }

  @Test
  void unknownTiersAndReasonsAreUnspecified() {
    byte[] packed = new TierValue(5, Tier.EDGE, Reason.VIRAL).toBytes();
    packed[8] = 100;
    packed[9] = 101;

    assertThat(TierValue.fromBytes(packed))
        .isEqualTo(new TierValue(5, Tier.TIER_UNSPECIFIED, Reason.REASON_UNSPECIFIED));
  }
}
