package dev.upswell.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.store.BuildStart;
import dev.upswell.feeds.store.FeedHead;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.store.OutboxPage;
import dev.upswell.feeds.store.OutboxRequest;
import dev.upswell.feeds.store.StoredFeed;
import dev.upswell.feeds.store.VideoVisibility;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract of every feed store, in memory and in Redis. */
public abstract class FeedStoreContract {
  protected static final FeedOptions SETTINGS =
      new FeedOptions(
          4,
          4,
          Duration.ofMinutes(1),
          Duration.ofDays(1),
          Duration.ofMinutes(30),
          Duration.ofSeconds(10));
  private static final long USER = 7;
  private static final long CREATOR = 9;
  private static final long T0 = 1_780_000_000_000L;

  private FeedStoreReader reads;
  private FeedStoreWriter writes;

  /** An empty store. */
  protected abstract FeedStoreReader reads();

  /** The same store. */
  protected abstract FeedStoreWriter writes();

  @BeforeEach
  void takeTheStore() {
    reads = reads();
    writes = writes();
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(5, TimeUnit.SECONDS).join();
  }

  private static Video video(long id) {
    return Video.newBuilder()
        .setVideoId(id)
        .setCreatorId(CREATOR)
        .setType(Video.Type.PUBLISHED)
        .setAt(T0)
        .build();
  }

  private static FeedPush push(long id) {
    return new FeedPush(id, CREATOR, new long[] {USER});
  }

  private FeedEntry begin(long builder) {
    return get(reads.begin(USER, builder, List.of())).tail();
  }

  private List<FeedEntry> feed() {
    FeedList list = get(reads.storedFeed(USER)).list();
    List<FeedEntry> entries = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      entries.add(list.entry(i));
    }
    return entries;
  }

  private static FeedEntry entry(long id) {
    return new FeedEntry(id, CREATOR);
  }

  private void build(FeedEntry... entries) {
    FeedEntry marker = begin(1);
    assertThat(get(reads.finish(USER, marker, List.of(entries)))).isTrue();
  }

  @Test
  void newUsersHaveNoFolloweesAndNoFeed() {
    StoredFeed snapshot = get(reads.storedFeed(USER));

    assertThat(snapshot.following()).isEqualTo(Following.NONE);
    assertThat(snapshot.isWarmable()).isFalse();
    assertThat(snapshot.list().size()).isZero();
  }

  @Test
  void followingIsReadAsWritten() {
    Following following = new Following(5, new long[] {1, CREATOR, Long.MAX_VALUE});
    get(writes.follow(USER, following));

    assertThat(get(reads.storedFeed(USER)).following()).isEqualTo(following);
  }

  @Test
  void pushesNeverCreateAFeed() {
    get(writes.push(push(1)));

    assertThat(feed()).isEmpty();
  }

  @Test
  void pushesDuringABuildAreKept() {
    FeedEntry marker = begin(1);
    get(writes.push(push(3)));

    assertThat(feed()).containsExactly(entry(3), marker);
    assertThat(get(reads.finish(USER, marker, List.of(entry(2), FeedEntry.END)))).isTrue();
    assertThat(feed()).containsExactly(entry(3), entry(2), FeedEntry.END);
  }

  @Test
  void secondBuildFindsTheFirstMarker() {
    FeedEntry first = begin(1);

    assertThat(begin(2)).isEqualTo(first);
  }

  @Test
  void buildOfAFinishedFeedFindsItsLastEntry() {
    build(entry(3), entry(2));

    assertThat(begin(2)).isEqualTo(entry(2));
  }

  @Test
  void buildsWithoutTheirMarkerAreNotSaved() {
    FeedEntry marker = begin(1);
    get(writes.confirm(USER, 5));
    begin(2);

    assertThat(get(reads.finish(USER, marker, List.of(entry(2))))).isFalse();
    assertThat(feed()).containsExactly(FeedEntry.marker(2));
  }

  @Test
  void buildsReadFollowingAndOutboxes() {
    get(writes.follow(USER, new Following(5, new long[] {CREATOR})));
    get(writes.confirm(USER, 5));
    get(writes.write(VideoWrite.of(video(VideoIds.at(T0, 1)))));

    BuildStart start = get(reads.begin(USER, 1, List.of(OutboxRequest.newest(CREATOR, 3))));

    assertThat(start.following().followees()).containsExactly(CREATOR);
    assertThat(start.warmEpoch()).isEqualTo(5);
    assertThat(start.pages()).hasSize(1);
    assertThat(start.pages().get(0).videoIds()).containsExactly(VideoIds.at(T0, 1));
    assertThat(start.pages().get(0).exhausted()).isTrue();
  }

  @Test
  void headHasTheKeysTheTailAndThePushesSinceASize() {
    get(writes.follow(USER, new Following(5, new long[] {CREATOR})));
    get(writes.confirm(USER, 5));
    build(entry(2), entry(1), FeedEntry.tail(1, 77));

    FeedHead head = get(reads.head(USER, 3, 4, false));
    assertThat(head.following()).isEqualTo(new Following(5, new long[] {CREATOR}));
    assertThat(head.warmEpoch()).isEqualTo(5);
    assertThat(head.tail()).isEqualTo(FeedEntry.tail(1, 77));
    assertThat(added(3, 4)).isEmpty();
    for (int id = 3; id <= 5; id++) {
      get(writes.push(push(id)));
    }
    assertThat(added(3, 4)).containsExactly(5L, 4L, 3L);
    assertThat(added(4, 4)).containsExactly(5L, 4L);
    assertThat(added(3, 2)).as("the oldest of them").containsExactly(4L, 3L);
    assertThat(added(99, 2)).isEmpty();
    assertThat(get(reads.head(USER, 3, 4, true)).tail()).isEqualTo(FeedEntry.tail(1, 77));
    assertThat(get(reads.head(USER + 1, 3, 4, true)).tail().isMarker()).as("no list").isTrue();
  }

  private List<Long> added(int size, int most) {
    FeedList added = get(reads.head(USER, size, most, false)).added();
    return IntStream.range(0, added.size()).mapToObj(added::videoId).toList();
  }

  @Test
  void droppedFeedsAreAbsent() {
    build(entry(1));
    get(reads.drop(USER));
    get(reads.drop(USER + 1));

    assertThat(feed()).isEmpty();
  }

  @Test
  void followingIsReadWithoutTheFeed() {
    assertThat(get(reads.following(USER))).isEqualTo(Following.NONE);
    get(writes.follow(USER, new Following(5, new long[] {CREATOR, CREATOR + 1})));
    get(writes.writeTombstone(USER, new RelationshipTombstone(CREATOR, false, 20, 0, 0)));

    assertThat(get(reads.following(USER)).followees()).containsExactly(CREATOR + 1);
  }

  @Test
  void confirmingAnEpochDropsTheFeedAndMakesItWarmable() {
    get(writes.follow(USER, new Following(5, new long[] {CREATOR})));
    build(entry(1));
    get(writes.confirm(USER, 5));

    StoredFeed snapshot = get(reads.storedFeed(USER));
    assertThat(snapshot.isWarmable()).isTrue();
    assertThat(snapshot.isWarm()).isFalse();
    assertThat(snapshot.list().size()).isZero();
  }

  @Test
  void withdrawingDropsTheFeedAndItIsNoLongerWarmable() {
    get(writes.follow(USER, new Following(5, new long[] {CREATOR})));
    get(writes.confirm(USER, 5));
    build(entry(1));
    get(writes.withdraw(USER, new Following(6, new long[] {CREATOR})));

    StoredFeed snapshot = get(reads.storedFeed(USER));
    assertThat(snapshot.isWarmable()).isFalse();
    assertThat(snapshot.list().size()).isZero();
    assertThat(snapshot.following().epoch()).isEqualTo(6);
  }

  @Test
  void outboxesKeepTheNewestInIdOrder() {
    long[] ids = LongStream.range(0, 6).map(i -> VideoIds.at(T0 + i / 3, (int) i)).toArray();
    for (int i : new int[] {3, 0, 5, 1, 4, 2, 2}) {
      get(writes.write(VideoWrite.of(video(ids[i]))));
    }

    OutboxPage newest = slice(OutboxRequest.newest(CREATOR, 3));
    assertThat(newest.videoIds()).containsExactly(ids[5], ids[4], ids[3]);
    assertThat(newest.exhausted()).isFalse();
    OutboxPage all = slice(OutboxRequest.newest(CREATOR, 5));
    assertThat(all.videoIds()).containsExactly(ids[5], ids[4], ids[3], ids[2]);
    assertThat(all.exhausted()).isTrue();
    assertThat(all.size()).isEqualTo(4);
    OutboxPage below = slice(ids[4], 2);
    assertThat(below.videoIds()).containsExactly(ids[3], ids[2]);
    assertThat(below.size()).isEqualTo(4);
    OutboxPage last = slice(ids[4], 3);
    assertThat(last.videoIds()).containsExactly(ids[3], ids[2]);
    assertThat(last.exhausted()).isTrue();
    assertThat(slice(ids[2], 3).videoIds()).isEmpty();
    assertThat(slice(ids[2], 3).size()).isEqualTo(4);
  }

  @Test
  void rankedReadsToleratePublishing() {
    for (int i = 1; i <= 3; i++) {
      get(writes.write(VideoWrite.of(video(VideoIds.at(T0 + i, 1)))));
    }
    OutboxRequest request = OutboxRequest.newest(CREATOR, 2);
    OutboxRequest next = request.deeper(slice(request), 3);
    get(writes.write(VideoWrite.of(video(VideoIds.at(T0 + 4, 1)))));

    OutboxPage rest = slice(next);
    assertThat(rest.videoIds()).containsExactly(VideoIds.at(T0 + 1, 1));
    assertThat(rest.exhausted()).isTrue();
    assertThat(rest.size()).isEqualTo(4);
  }

  private OutboxPage slice(long below, int count) {
    return slice(OutboxRequest.below(CREATOR, below, count));
  }

  private OutboxPage slice(OutboxRequest request) {
    return get(reads.outboxes(List.of(request))).get(0);
  }

  @Test
  void removedVideosStayInvisible() {
    long id = VideoIds.at(T0, 1);
    get(writes.write(VideoWrite.of(video(id))));
    assertThat(visible(id)).containsExactly(true);
    get(writes.write(VideoWrite.of(video(id).toBuilder().setType(Video.Type.REMOVED).build())));
    get(writes.write(VideoWrite.of(video(id))));

    assertThat(visible(id, id + 1)).containsExactly(false, false);
  }

  private List<Boolean> visible(long... ids) {
    return get(reads.visibilities(ids)).stream()
        .map(VideoVisibility::isVisibleToFollowers)
        .toList();
  }

  @Test
  void compactingKeepsLaterPushes() {
    build(entry(1), FeedEntry.END);
    get(writes.push(push(2)));
    get(writes.push(push(2)));
    FeedList seen = get(reads.storedFeed(USER)).list();
    get(writes.push(push(3)));

    assertThat(get(reads.compact(USER, seen, List.of(entry(2), entry(1), FeedEntry.END)))).isTrue();
    assertThat(feed()).containsExactly(entry(3), entry(2), entry(1), FeedEntry.END);
    assertThat(get(reads.compact(USER, seen, List.of(entry(2))))).isFalse();
  }

  @Test
  void compactingReplacesTheWholeList() {
    build(entry(1));
    FeedList seen = get(reads.storedFeed(USER)).list();

    assertThat(get(reads.compact(USER, seen, List.of(entry(1), FeedEntry.END)))).isTrue();
    assertThat(feed()).containsExactly(entry(1), FeedEntry.END);
  }

  @Test
  void feedsAboveTwiceTheirSizeAreDropped() {
    build(FeedEntry.END);
    for (int id = 1; id < SETTINGS.dropAbove(); id++) {
      get(writes.push(push(id)));
    }
    assertThat(feed()).hasSize(SETTINGS.dropAbove());
    get(writes.push(push(100)));

    assertThat(feed()).isEmpty();
  }
}
