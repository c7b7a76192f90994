package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.local.events.CollectedEvents;
import dev.upswell.local.feed.FeedPage.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final CollectedEvents events = new CollectedEvents();
  private final Ledger ledger = new Ledger(events);

  @Test
  void everyEventIsPassedOnInOrderAndSomeOfThemTwice() {
    for (int user = 1; user <= 100; user++) {
      ledger.send(EventType.SESSIONS, Session.newBuilder().setUserId(user).build());
    }
    assertThat(events.of(EventType.SESSIONS)).hasSize(102);
    assertThat(events.of(EventType.SESSIONS).stream().map(Session::getUserId).distinct())
        .hasSize(100)
        .isSorted();
  }

  @Test
  void aFeedIsEveryVideoOfThoseFollowedNewestFirst() {
    relate(1, 10, Follow.Type.FOLLOW);
    relate(1, 20, Follow.Type.FOLLOW);
    publish(100, 10);
    publish(101, 20);
    publish(102, 30);
    publish(103, 10);
    say(103, 10, Video.Type.REMOVED);
    List<Entry> feed = List.of(new Entry(101, 20, 101), new Entry(100, 10, 100));
    assertThat(ledger.feed(1)).isEqualTo(feed);
    assertThat(ledger.allows(1, feed)).isTrue();
    assertThat(ledger.allows(1, feed.subList(0, 1))).as("one missing").isFalse();
    assertThat(ledger.allows(1, List.of(feed.get(1), feed.get(0)))).as("order").isFalse();
    assertThat(ledger.allows(1, List.of(feed.get(0), feed.get(0), feed.get(1))))
        .as("one twice")
        .isFalse();
    assertThat(ledger.allows(1, List.of(feed.get(0), new Entry(100, 10, 99))))
        .as("another time")
        .isFalse();
    assertThat(ledger.removed()).containsExactly(103L);
  }

  @Test
  void belowWhatAnOutboxHoldsAFeedMayEndAnywhereButHasNoGap() {
    relate(1, 10, Follow.Type.FOLLOW);
    for (int id = 1; id <= 510; id++) {
      publish(id, 10);
    }
    List<Entry> whole = ledger.feed(1);
    assertThat(whole).hasSize(510);
    assertThat(ledger.least(1)).isEqualTo(500);
    assertThat(ledger.allows(1, whole.subList(0, 499))).isFalse();
    assertThat(ledger.allows(1, whole.subList(0, 500))).isTrue();
    assertThat(ledger.allows(1, whole.subList(0, 505))).isTrue();
    List<Entry> gap = new ArrayList<>(whole.subList(0, 502));
    gap.addAll(whole.subList(503, 506));
    assertThat(ledger.allows(1, gap)).isFalse();
  }

  @Test
  void whoUnfollowedOrWasBlockedIsPartedUntilFollowingAgain() {
    relate(1, 10, Follow.Type.FOLLOW);
    relate(2, 10, Follow.Type.FOLLOW);
    relate(3, 10, Follow.Type.FOLLOW);
    relate(1, 10, Follow.Type.UNFOLLOW);
    relate(10, 2, Follow.Type.BLOCK);
    relate(3, 10, Follow.Type.BLOCK);
    assertThat(ledger.parted())
        .contains(new Ledger.Pair(1, 10), new Ledger.Pair(2, 10), new Ledger.Pair(3, 10));
    relate(1, 10, Follow.Type.FOLLOW);
    relate(3, 10, Follow.Type.UNBLOCK);
    relate(3, 10, Follow.Type.FOLLOW);
    assertThat(ledger.parted())
        .doesNotContain(new Ledger.Pair(1, 10), new Ledger.Pair(3, 10))
        .contains(new Ledger.Pair(2, 10));
  }

  private void publish(long video, long creator) {
    say(video, creator, Video.Type.PUBLISHED);
  }

  private void say(long video, long creator, Video.Type type) {
    ledger.send(
        EventType.VIDEOS,
        Video.newBuilder()
            .setVideoId(video)
            .setCreatorId(creator)
            .setType(type)
            .setAt(video)
            .build());
  }

  private void relate(long user, long other, Follow.Type type) {
    ledger.send(
        EventType.FOLLOWS,
        Follow.newBuilder().setFollowerId(user).setFolloweeId(other).setType(type).build());
  }
}
