package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.CollectedEvents;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {
  private static final long NOW = Instant.parse("2026-05-01T12:00:00Z").toEpochMilli();
  private static final int USERS = 500;
  private static final int CREATORS = 50;
  private static final Mix BUSY = new Mix(100, 100, 20, 100, 80, 60, 40);

  private static CollectedEvents events(long seed, Mix mix, int count) {
    CollectedEvents events = new CollectedEvents();
    SplittableRandom random = new SplittableRandom(seed);
    Population population = new Population(USERS, CREATORS, random);
    TrafficGenerator generator = new TrafficGenerator(population, mix, random, events, video -> {});
    generator.begin(NOW);
    for (int i = 0; i < count; i++) {
      generator.next(NOW + i / 3);
    }
    return events;
  }

  @Test
  void sameSeedGeneratesTheSameEvents() {
    assertThat(events(7, BUSY, 5_000).all()).isEqualTo(events(7, BUSY, 5_000).all());
    assertThat(events(8, BUSY, 5_000).all()).isNotEqualTo(events(7, BUSY, 5_000).all());
  }

  @Test
  void everyEventKeepsTheRulesOfTheContract() {
    CollectedEvents events = events(1, BUSY, 20_000);
    events.all().forEach(TrafficGeneratorTest::assertValid);
    for (EventType<?> type :
        List.of(
            EventType.VIDEOS,
            EventType.VIEWS,
            EventType.ENGAGEMENTS,
            EventType.FOLLOWS,
            EventType.SESSIONS)) {
      assertThat(events.of(type)).as(type.name()).isNotEmpty();
    }
  }

  private static <T extends Message> void assertValid(CollectedEvents.Sent<T> sent) {
    EventCodec<T> codec = new EventCodec<>(sent.type(), () -> Instant.ofEpochMilli(NOW + 60_000));
    assertThat(codec.validate(sent.event())).as("%s", sent).isEmpty();
  }

  @Test
  void mixOfEventsIsConstant() {
    CollectedEvents events = events(1, Mix.OF_AN_APP, 100_000);
    List<Session> sessions = events.of(EventType.SESSIONS);
    List<View> views = events.of(EventType.VIEWS);
    List<Video> videos = events.of(EventType.VIDEOS);
    assertThat(sessions.size()).isBetween(5_500, 6_500);
    assertThat(videos.size()).isBetween(440, 620);
    assertThat(views.size()).isBetween(90_000, 93_000);
  }

  @Test
  void idsOfVideosGrowAndARemovedVideoIsNeverPublishedAgain() {
    long newest = 0;
    Set<Long> removed = new HashSet<>();
    for (Video video : events(1, BUSY, 20_000).of(EventType.VIDEOS)) {
      if (video.getType() == Video.Type.REMOVED) {
        removed.add(video.getVideoId());
      } else {
        assertThat(video.getVideoId()).isGreaterThan(newest);
        newest = video.getVideoId();
      }
    }
    assertThat(removed).isNotEmpty();
  }

  @Test
  void usersAndCreatorsBlockEachOtherAndTakeItBack() {
    Set<List<Long>> blocked = new HashSet<>();
    int byCreators = 0;
    int takenBack = 0;
    for (Follow follow : events(1, BUSY, 50_000).of(EventType.FOLLOWS)) {
      List<Long> pair = List.of(follow.getFollowerId(), follow.getFolloweeId());
      switch (follow.getType()) {
        case BLOCK -> {
          blocked.add(pair);
          byCreators += follow.getFolloweeId() > CREATORS ? 1 : 0;
        }
        case UNBLOCK -> {
          assertThat(blocked).contains(pair);
          takenBack++;
        }
        case FOLLOW, UNFOLLOW -> assertThat(follow.getFolloweeId()).isLessThanOrEqualTo(CREATORS);
        case TYPE_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(follow);
      }
    }
    assertThat(byCreators).isGreaterThan(100);
    assertThat(takenBack).isGreaterThan(100);
  }

  @Test
  void relationshipEventsOfAPairHaveDifferentTimes() {
    List<Long> times =
        events(1, BUSY, 20_000).of(EventType.FOLLOWS).stream()
            .map(Follow::getAt)
            .dropWhile(at -> at == NOW)
            .toList();
    assertThat(times).hasSizeGreaterThan(1_000).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void spikeTakesHalfOfTheViews() {
    CollectedEvents events = new CollectedEvents();
    SplittableRandom random = new SplittableRandom(1);
    Population population = new Population(USERS, CREATORS, random);
    TrafficGenerator generator =
        new TrafficGenerator(population, Mix.OF_AN_APP, random, events, video -> {});
    for (int i = 0; i < 60; i++) {
      generator.publish(1 + i % CREATORS, NOW + i);
    }
    generator.spike();
    generator.spikeShare(0.5);
    events.all().clear();
    for (int i = 0; i < 1_000; i++) {
      generator.next(NOW + 1_000);
    }
    List<View> views = events.of(EventType.VIEWS);
    long most =
        views.stream()
            .mapToLong(
                view -> views.stream().filter(v -> v.getVideoId() == view.getVideoId()).count())
            .max()
            .orElseThrow();
    assertThat(most / (double) views.size()).isBetween(0.4, 0.6);
  }
}
