package dev.upswell.benchmarks.wasted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedOptions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AppTest {
  private static final long NOW = Instant.parse("2026-05-01T12:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long CREATOR = 7;

  private final App app = new App(FeedOptions.DEFAULT, 1);

  private void follow(long user) {
    app.send(
        EventType.FOLLOWS,
        Follow.newBuilder()
            .setFollowerId(user)
            .setFolloweeId(CREATOR)
            .setType(Follow.Type.FOLLOW)
            .setAt(NOW)
            .build());
  }

  private void open(long user, long at) {
    app.send(EventType.SESSIONS, Session.newBuilder().setUserId(user).setAt(at).build());
  }

  private void publish(long at) {
    app.send(
        EventType.VIDEOS,
        Video.newBuilder()
            .setVideoId(VideoIds.at(at, 0))
            .setCreatorId(CREATOR)
            .setType(Video.Type.PUBLISHED)
            .setAt(at)
            .build());
  }

  @Test
  void pushIsReadWastedOrMissingAndSkipsInactiveViewers() {
    app.count(true);
    for (long user = 1; user <= 4; user++) {
      follow(user);
    }
    for (long user = 1; user <= 3; user++) {
      open(user, NOW);
    }
    publish(NOW + 1);
    // One reads it, and another one comes back when the feed is gone.
    open(1, NOW + 2);
    open(2, NOW + 3 * HOUR);
    // One user has a feed, the feeds of two expired, and one never came.
    publish(NOW + 3 * HOUR + 1);

    HeldFeed.Fates fates = app.fates();
    assertThat(app.followers()).isEqualTo(8);
    assertThat(fates.pushed).isEqualTo(4);
    assertThat(fates.read).isEqualTo(1);
    assertThat(fates.wasted).isEqualTo(3);
    assertThat(fates.cold).isEqualTo(2);
    assertThat(fates.built).isEqualTo(4);
  }

  @Test
  void viewerIsNotPushedToAfterADayWithoutSession() {
    follow(1);
    open(1, NOW);
    app.count(true);
    publish(NOW + 25 * HOUR);

    HeldFeed.Fates fates = app.fates();
    assertThat(app.followers()).isEqualTo(1);
    assertThat(fates.pushed + fates.cold).isZero();
  }
}
