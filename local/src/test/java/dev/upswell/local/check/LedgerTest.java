package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.local.events.CollectedEvents;
import dev.upswell.local.feed.FeedPage.Entry;
import java.util.List;
import java.util.stream.IntStream;
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
  void feedHasAllVideosOfFolloweesNewestFirst() {
    relate(1, 10, Follow.Type.FOLLOW);
    relate(1, 20, Follow.Type.FOLLOW);
    publish(100, 10);
    publish(101, 20);
    publish(102, 30);
    publish(103, 10);
    say(103, 10, Video.Type.REMOVED);
    List<Entry> feed = List.of(new Entry(101, 20, 101), new Entry(100, 10, 100));
    assertThat(ledger.feed(1)).isEqualTo(feed);
    assertThat(ledger.removed()).containsExactly(103L);
  }

  @Test
  void feedEndsAtTheEndOfAnOutbox() {
    relate(1, 10, Follow.Type.FOLLOW);
    relate(1, 20, Follow.Type.FOLLOW);
    publish(5, 20);
    for (int id = 11; id <= 520; id++) {
      publish(id, 10);
    }
    assertThat(ledger.feed(1)).hasSize(500).endsWith(new Entry(21, 10, 21));
  }

  @Test
  void someRelationshipEventsAreRepeatedLate() {
    for (int i = 0; i < 250; i++) {
      relate(i + 1, 1_000, Follow.Type.FOLLOW);
      relate(i + 1, 1_000, Follow.Type.UNFOLLOW);
    }
    List<Follow> sent = events.of(EventType.FOLLOWS);
    List<Integer> late =
        IntStream.range(1, sent.size())
            .filter(i -> sent.indexOf(sent.get(i)) < i - 1)
            .boxed()
            .toList();
    assertThat(late).hasSize(6);
    assertThat(late).allSatisfy(i -> assertThat(i - sent.indexOf(sent.get(i))).isGreaterThan(200));
  }

  @Test
  void unfollowAndBlockSeparateUntilTheNextFollow() {
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
