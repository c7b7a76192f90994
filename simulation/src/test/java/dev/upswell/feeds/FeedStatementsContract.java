package dev.upswell.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.store.OutboxRequest;
import dev.upswell.feeds.store.VideoVisibility;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract of every store for pulled creators, tombstones and visibility, in any order. */
public abstract class FeedStatementsContract {
  protected static final FeedOptions SETTINGS = FeedStoreContract.SETTINGS;
  private static final long USER = 7;
  private static final long CREATOR = 9;
  private static final long OTHER = 10;
  private static final long T0 = 1_780_000_000_000L;
  private static final long VIDEO = VideoIds.at(T0, 1);

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
    get(writes.follow(USER, new Following(5, new long[] {CREATOR, OTHER})));
  }

  private static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(5, TimeUnit.SECONDS).join();
  }

  // ---- Pulled creators

  @Test
  void pulledCreatorsAreAscending() {
    assertThat(get(reads.pulledCreators())).isEmpty();
    get(writes.pull(300, T0));
    get(writes.pull(Long.MAX_VALUE, T0 + 1));
    get(writes.pull(2, T0 + 2));
    get(writes.pull(1_000, T0 - 1));

    assertThat(get(reads.pulledCreators())).containsExactly(2, 300, 1_000, Long.MAX_VALUE);
  }

  @Test
  void releasesEndOnlyTheirPullPeriod() {
    get(writes.pull(CREATOR, T0));
    get(writes.pull(OTHER, T0));
    get(writes.release(CREATOR, T0));
    assertThat(get(reads.pulledCreators())).containsExactly(OTHER);

    get(writes.pull(CREATOR, T0 + 1));
    get(writes.release(CREATOR, T0));
    assertThat(get(reads.pulledCreators())).as("the old release").containsExactly(CREATOR, OTHER);
    get(writes.release(CREATOR, T0 + 1));
    get(writes.release(CREATOR, T0 + 1));
    assertThat(get(reads.pulledCreators())).containsExactly(OTHER);
  }

  // ---- Kept feeds

  @Test
  void snapshotsAreReadAsSaved() {
    assertThat(get(reads.feedSnapshot(USER))).isEmpty();
    FeedList list = FeedList.of(List.of(new FeedEntry(VIDEO, CREATOR), FeedEntry.END));
    get(reads.saveSnapshot(USER, new FeedSnapshot(-3, T0, list)));

    FeedSnapshot kept = get(reads.feedSnapshot(USER)).orElseThrow();
    assertThat(kept.epoch()).isEqualTo(-3);
    assertThat(kept.asOf()).isEqualTo(T0);
    assertThat(kept.list().toBytes()).isEqualTo(list.toBytes());
    get(reads.saveSnapshot(USER, new FeedSnapshot(-4, T0 + 1, list)));
    assertThat(get(reads.feedSnapshot(USER)).orElseThrow().epoch()).isEqualTo(-4);
    assertThat(get(reads.feedSnapshot(USER + 1))).isEmpty();
  }

  // ---- Feeds of many

  private boolean hasFeed(long userId) {
    return get(reads.storedFeed(userId)).list().size() > 0;
  }

  @Test
  void pushesCountExistingFeeds() {
    get(reads.begin(1, 1, List.of()));
    get(reads.begin(3, 1, List.of()));

    assertThat(get(writes.push(new FeedPush(VIDEO, CREATOR, new long[] {1, 2, 3, 4}))))
        .isEqualTo(2);
    assertThat(get(writes.push(new FeedPush(VIDEO, CREATOR, new long[] {2})))).isZero();
    assertThat(get(writes.push(new FeedPush(VIDEO, CREATOR, new long[] {3})))).isEqualTo(1);
    assertThat(hasFeed(2)).isFalse();
  }

  @Test
  void droppingRemovesOnlyTheseFeeds() {
    for (long userId = 1; userId <= 3; userId++) {
      get(reads.begin(userId, 1, List.of()));
    }
    get(writes.drop(new long[] {1, 3, 4}));

    assertThat(hasFeed(1)).isFalse();
    assertThat(hasFeed(2)).isTrue();
    assertThat(hasFeed(3)).isFalse();
    assertThat(get(writes.push(new FeedPush(VIDEO, CREATOR, new long[] {1, 2, 3})))).isEqualTo(1);
  }

  // ---- Partings

  private void parted(long unfollowAt, long blockAt, long blockedAt) {
    get(
        writes.writeTombstone(
            USER, new RelationshipTombstone(CREATOR, false, unfollowAt, blockAt, blockedAt)));
  }

  private void together(long unfollowAt, long blockAt, long blockedAt) {
    get(
        writes.writeTombstone(
            USER, new RelationshipTombstone(CREATOR, true, unfollowAt, blockAt, blockedAt)));
  }

  private boolean shown() {
    Following following = get(reads.storedFeed(USER)).following();
    assertThat(following.contains(OTHER)).isTrue();
    assertThat(following.epoch()).isEqualTo(5);
    assertThat(get(reads.begin(USER, 1, List.of())).following()).isEqualTo(following);
    return following.contains(CREATOR);
  }

  @Test
  void unfollowsHideTheCreatorUntilALaterFollow() {
    parted(20, 0, 0);
    assertThat(shown()).isFalse();
    together(19, 0, 0);
    assertThat(shown()).isFalse();
    together(21, 0, 0);
    assertThat(shown()).isTrue();
  }

  @Test
  void followsWinOverUnfollowsOfTheSameTime() {
    parted(20, 0, 0);
    together(20, 0, 0);

    assertThat(shown()).isTrue();
  }

  @Test
  void replayedFollowsDoNotRestoreBlockedCreators() {
    parted(0, 20, 0);
    together(10, 0, 0);
    assertThat(shown()).isFalse();
    together(90, 19, 0);
    assertThat(shown()).as("only an older block is outdated").isFalse();
    together(90, 20, 0);
    assertThat(shown()).isTrue();
  }

  @Test
  void replayedFollowsDoNotRestoreBlockingCreators() {
    parted(0, 0, 20);
    together(90, 90, 19);
    assertThat(shown()).isFalse();
    together(90, 0, 20);
    assertThat(shown()).isTrue();
  }

  @Test
  void olderTombstonesDoNotReplaceNewerOnes() {
    parted(30, 0, 0);
    parted(20, 0, 0);
    together(25, 0, 0);
    assertThat(shown()).isFalse();
    parted(40, 0, 0);
    together(35, 0, 0);
    assertThat(shown()).isFalse();
  }

  @Test
  void eachTombstoneIsRemovedSeparately() {
    parted(20, 0, 0);
    parted(0, 21, 0);
    parted(0, 0, 22);
    together(50, 0, 0);
    assertThat(shown()).isFalse();
    together(50, 21, 0);
    assertThat(shown()).isFalse();
    together(50, 21, 22);
    assertThat(shown()).isTrue();
  }

  @Test
  void tombstonesWithoutTimesWriteNothing() {
    parted(0, 0, 0);

    assertThat(shown()).isTrue();
  }

  // ---- Visibility

  private void published(Video.Visibility visibility, long at) {
    get(
        writes.write(
            VideoWrite.of(
                Video.newBuilder()
                    .setVideoId(VIDEO)
                    .setCreatorId(CREATOR)
                    .setType(Video.Type.PUBLISHED)
                    .setVisibility(visibility)
                    .setAt(at)
                    .build())));
  }

  private boolean visible() {
    return visibility().isVisibleToFollowers();
  }

  private VideoVisibility visibility() {
    return get(reads.visibilities(new long[] {VIDEO})).get(0);
  }

  @Test
  void visibilityHasTheCreator() {
    assertThat(visibility().creatorId()).isZero();
    assertThat(visibility().isVisibleToFollowers()).isFalse();
    published(Video.Visibility.FOLLOWERS, T0);
    assertThat(visibility().creatorId()).isEqualTo(CREATOR);
    assertThat(visibility().isPublic()).isFalse();
    assertThat(visibility().isVisibleToFollowers()).isTrue();
    published(Video.Visibility.PUBLIC, T0 + 1);
    assertThat(visibility().isPublic()).isTrue();
  }

  @Test
  void privateVideosAreInvisibleUntilPublished() {
    published(Video.Visibility.PRIVATE, T0);
    assertThat(visible()).isFalse();
    published(Video.Visibility.PUBLIC, T0 + 1);
    assertThat(visible()).isTrue();
    published(Video.Visibility.PRIVATE, T0 + 2);
    assertThat(visible()).isFalse();
  }

  @Test
  void olderRecordsDoNotReplaceNewerOnes() {
    published(Video.Visibility.PRIVATE, T0 + 5);
    published(Video.Visibility.PUBLIC, T0 + 4);
    assertThat(visible()).isFalse();
    published(Video.Visibility.PUBLIC, T0 + 6);
    published(Video.Visibility.PRIVATE, T0 + 5);
    assertThat(visible()).isTrue();
  }

  @Test
  void lastRecordOfTheSameTimeIsUsed() {
    published(Video.Visibility.PUBLIC, T0);
    published(Video.Visibility.PRIVATE, T0);
    assertThat(visible()).isFalse();
    published(Video.Visibility.VISIBILITY_UNSPECIFIED, T0);
    assertThat(visible()).isTrue();
  }

  @Test
  void privateVideosLeaveTheOutbox() {
    published(Video.Visibility.PUBLIC, T0);
    published(Video.Visibility.PRIVATE, T0 + 1);

    OutboxRequest request = OutboxRequest.newest(CREATOR, 3);
    assertThat(get(reads.outboxes(List.of(request))).get(0).videoIds()).isEmpty();
  }
}
