package dev.upswell.local.replay;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Converts a recording to events. An activity of A on something of B is a session of A, a view by A
 * of B's newest video, and a share, comment or like. B publishes a video at the first activity on B
 * in an hour. Not thread-safe.
 */
final class HiggsEvents {
  private static final long HOUR = Duration.ofHours(1).toSeconds();
  private static final int DURATION_MS = 30_000;

  private final EventSink sink;
  private final long shift;
  private final Map<Integer, Published> newest = new HashMap<>();
  private long lastIdSecond;
  private int lastIdLow;
  private long videos;
  private long views;

  private record Published(long videoId, long hour) {}

  /**
   * Creates the converter.
   *
   * @param shift seconds to add to each time
   */
  HiggsEvents(EventSink sink, long shift) {
    this.sink = sink;
    this.shift = shift;
  }

  void follows(FollowGraph graph, long second) {
    for (int i = 0; i < graph.size(); i++) {
      sink.send(
          EventType.FOLLOWS,
          Follow.newBuilder()
              .setFollowerId(graph.follower(i))
              .setFolloweeId(graph.followee(i))
              .setType(Follow.Type.FOLLOW)
              .setAt(millis(second))
              .build());
    }
  }

  void activity(Activity activity) {
    long at = millis(activity.at());
    long videoId = newestVideo(activity.author(), activity.at());
    sink.send(
        EventType.SESSIONS, Session.newBuilder().setUserId(activity.actor()).setAt(at).build());
    sink.send(
        EventType.VIEWS,
        View.newBuilder()
            .setViewerId(activity.actor())
            .setVideoId(videoId)
            .setCreatorId(activity.author())
            .setViewedAt(at)
            .setWatchMs(DURATION_MS)
            .setDurationMs(DURATION_MS)
            .setEventId("higgs-" + views++)
            .build());
    sink.send(
        EventType.ENGAGEMENTS,
        Engagement.newBuilder()
            .setViewerId(activity.actor())
            .setVideoId(videoId)
            .setCreatorId(activity.author())
            .setType(type(activity.kind()))
            .setAt(at)
            .build());
  }

  long videos() {
    return videos;
  }

  private long newestVideo(int author, long second) {
    long hour = Math.floorDiv(second + shift, HOUR);
    Published published = newest.get(author);
    if (published != null && published.hour() == hour) {
      return published.videoId();
    }
    long videoId = nextVideoId(second);
    newest.put(author, new Published(videoId, hour));
    videos++;
    sink.send(
        EventType.VIDEOS,
        Video.newBuilder()
            .setVideoId(videoId)
            .setCreatorId(author)
            .setType(Video.Type.PUBLISHED)
            .setAt(millis(second))
            .setDurationMs(DURATION_MS)
            .build());
    return videoId;
  }

  private long nextVideoId(long second) {
    lastIdLow = second == lastIdSecond ? lastIdLow + 1 : 0;
    lastIdSecond = second;
    return VideoIds.at(millis(second), lastIdLow);
  }

  private long millis(long second) {
    return TimeUnit.SECONDS.toMillis(second + shift);
  }

  private static Engagement.Type type(Activity.Kind kind) {
    return switch (kind) {
      case RT -> Engagement.Type.SHARE;
      case RE -> Engagement.Type.COMMENT;
      case MT -> Engagement.Type.LIKE;
    };
  }
}
