package dev.upswell.local.replay;

import static dev.upswell.local.replay.HiggsFiles.SIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.CollectedEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HiggsEventsTest {
  private static final long SHIFT = Duration.ofDays(4_000).toSeconds();

  private final CollectedEvents events = new CollectedEvents();
  private final HiggsEvents higgs = new HiggsEvents(events, SHIFT);

  private static long millis(long second) {
    return (second + SHIFT) * 1_000;
  }

  @Test
  void activityIsASessionAViewAndAnEngagement() {
    higgs.activity(new Activity(5, 88, SIX + 3, Activity.Kind.RT));

    Video video = events.of(EventType.VIDEOS).get(0);
    assertThat(video.getCreatorId()).isEqualTo(88);
    assertThat(video.getAt()).isEqualTo(millis(SIX + 3));
    assertThat(VideoIds.millisOf(video.getVideoId())).isEqualTo(millis(SIX + 3));
    Session session = events.of(EventType.SESSIONS).get(0);
    assertThat(session.getUserId()).isEqualTo(5);
    assertThat(session.getAt()).isEqualTo(millis(SIX + 3));
    View view = events.of(EventType.VIEWS).get(0);
    assertThat(view.getViewerId()).isEqualTo(5);
    assertThat(view.getVideoId()).isEqualTo(video.getVideoId());
    assertThat(view.getCreatorId()).isEqualTo(88);
    Engagement engagement = events.of(EventType.ENGAGEMENTS).get(0);
    assertThat(engagement.getType()).isEqualTo(Engagement.Type.SHARE);
    assertThat(engagement.getVideoId()).isEqualTo(video.getVideoId());
  }

  @Test
  void retweetIsAShareReplyACommentMentionALike() {
    for (Activity.Kind kind : Activity.Kind.values()) {
      higgs.activity(new Activity(5, 88, SIX, kind));
    }
    assertThat(events.of(EventType.ENGAGEMENTS))
        .extracting(Engagement::getType)
        .containsExactly(Engagement.Type.SHARE, Engagement.Type.COMMENT, Engagement.Type.LIKE);
  }

  @Test
  void authorPublishesOncePerHourWithActivity() {
    higgs.activity(new Activity(1, 88, SIX, Activity.Kind.RT));
    higgs.activity(new Activity(2, 88, SIX + 3_599, Activity.Kind.RT));
    higgs.activity(new Activity(3, 99, SIX + 3_599, Activity.Kind.RT));
    higgs.activity(new Activity(1, 88, SIX + 3_600, Activity.Kind.RT));
    higgs.activity(new Activity(1, 88, SIX + 3 * 3_600, Activity.Kind.RT));

    assertThat(events.of(EventType.VIDEOS))
        .extracting(Video::getCreatorId, Video::getAt)
        .containsExactly(
            tuple(88L, millis(SIX)),
            tuple(99L, millis(SIX + 3_599)),
            tuple(88L, millis(SIX + 3_600)),
            tuple(88L, millis(SIX + 3 * 3_600)));
    assertThat(higgs.videos()).isEqualTo(4);
    assertThat(events.of(EventType.VIEWS).get(1).getVideoId())
        .isEqualTo(events.of(EventType.VIDEOS).get(0).getVideoId());
  }

  @Test
  void videosOfTheSameSecondHaveGrowingIds() {
    for (int author = 1; author <= 50; author++) {
      higgs.activity(new Activity(1_000, author, SIX, Activity.Kind.MT));
    }
    assertThat(events.of(EventType.VIDEOS))
        .extracting(Video::getVideoId)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(50);
  }
}
