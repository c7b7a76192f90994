package dev.upswell.local.check;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores all contributions to trending lists, after the caps per viewer. It shares no code with the
 * job. One thread sends. Results are read after it is done.
 */
public final class TrendLedger {
  /** Plays of a video by one viewer per hour that have weight. */
  private static final int PLAYS = 3;

  private static final int VIEW = 1;
  private static final int COMPLETED = 2;

  private final List<Counted> counted = new ArrayList<>();
  private final Map<String, Integer> plays = new HashMap<>();
  private final Set<String> engaged = new HashSet<>();
  private final Map<Long, Video> videos = new HashMap<>();

  /**
   * Contribution of an event.
   *
   * @param at Unix milliseconds
   * @param view whether it is a view, not an engagement
   * @param first whether the viewer had not viewed the video in that UTC hour
   * @param from origin of a view; empty for engagement
   */
  record Counted(
      long at, long videoId, long creatorId, boolean view, int weight, boolean first, Place from) {}

  /** Origin of a view. */
  record Place(String region, String device) {}

  /** A ledger without events. */
  public TrendLedger() {}

  /** Returns a sink that stores events and passes them on. Each event is sent once. */
  public EventSink before(EventSink next) {
    return new EventSink() {
      @Override
      public <T extends Message> void send(EventType<T> type, T event) {
        take(event);
        next.send(type, event);
      }
    };
  }

  private void take(Message event) {
    if (event instanceof View view) {
      take(view);
    } else if (event instanceof Engagement engagement) {
      take(engagement);
    } else if (event instanceof Video video) {
      Video before = videos.getOrDefault(video.getVideoId(), Video.getDefaultInstance());
      if (before.getType() != Video.Type.REMOVED && before.getAt() <= video.getAt()) {
        videos.put(video.getVideoId(), video);
      }
    }
  }

  private void take(View view) {
    String key = key(view.getViewerId(), view.getVideoId(), view.getViewedAt());
    int play = plays.merge(key, 1, Integer::sum);
    boolean completed = view.getDurationMs() > 0 && view.getWatchMs() >= view.getDurationMs();
    counted.add(
        new Counted(
            view.getViewedAt(),
            view.getVideoId(),
            view.getCreatorId(),
            true,
            play > PLAYS ? 0 : completed ? COMPLETED : VIEW,
            play == 1,
            new Place(view.getRegion(), view.getDevice())));
  }

  private void take(Engagement event) {
    String key = key(event.getViewerId(), event.getVideoId(), event.getAt());
    if (engaged.add(key + "/" + event.getType())) {
      counted.add(
          new Counted(
              event.getAt(),
              event.getVideoId(),
              event.getCreatorId(),
              false,
              weight(event.getType()),
              false,
              new Place("", "")));
    }
  }

  private static String key(long viewer, long video, long at) {
    return viewer + "/" + video + "/" + at / ViewLedger.HOUR;
  }

  private static int weight(Engagement.Type type) {
    return switch (type) {
      case LIKE -> 3;
      case COMMENT -> 4;
      case SHARE -> 6;
      default -> throw new IllegalStateException("the traffic has no " + type);
    };
  }

  List<Counted> counted() {
    return Collections.unmodifiableList(counted);
  }

  boolean isRemoved(long videoId) {
    return videos.getOrDefault(videoId, Video.getDefaultInstance()).getType() == Video.Type.REMOVED;
  }

  /** Returns the category; empty without one. */
  String category(long videoId) {
    return videos.getOrDefault(videoId, Video.getDefaultInstance()).getCategory();
  }
}
