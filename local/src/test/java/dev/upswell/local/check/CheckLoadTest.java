package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.local.events.CollectedEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CheckLoadTest {
  @Test
  void fixedNumberOfEventsFollowsTheSessionsOfAllUsers() {
    CollectedEvents shorter = sent(Duration.ofSeconds(1));
    CollectedEvents longer = sent(Duration.ofSeconds(3));
    assertThat(longer.of(EventType.SESSIONS).stream().map(Session::getUserId).distinct())
        .hasSizeGreaterThanOrEqualTo(2_000);
    // 250 a second; some events bring another one: a view a like, an unblock a follow.
    assertThat(longer.all().size() - shorter.all().size()).isBetween(500, 580);
    assertThat(longer.of(EventType.FOLLOWS)).hasSizeGreaterThan(20_000);
  }

  @Test
  void sameSeedSendsTheSameEventsExceptTimes() {
    assertThat(sent(Duration.ofSeconds(1)).of(EventType.FOLLOWS))
        .extracting(Follow::getFollowerId, Follow::getFolloweeId, Follow::getType)
        .isEqualTo(
            sent(Duration.ofSeconds(1)).of(EventType.FOLLOWS).stream()
                .map(f -> tuple(f.getFollowerId(), f.getFolloweeId(), f.getType()))
                .toList());
  }

  private static CollectedEvents sent(Duration length) {
    CollectedEvents events = new CollectedEvents();
    try (CheckLoad load = new CheckLoad(length, 1, events, InstantSource.system())) {
      load.sendInitialState();
      load.start();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> load.done() >= 1);
      assertThat(load.done()).isEqualTo(1);
    }
    return events;
  }

  @Test
  void everyViewerReadsAsOftenAsEveryOther() {
    try (CheckLoad load =
        new CheckLoad(Duration.ofSeconds(1), 1, new CollectedEvents(), InstantSource.system())) {
      long[] twoRounds =
          LongStream.generate(load::reader).limit(2L * load.viewers().size()).toArray();
      assertThat(LongStream.of(twoRounds).boxed().toList())
          .containsAll(load.viewers())
          .filteredOn(user -> user == 1L || user == 2_000L)
          .hasSize(4);
    }
  }
}
