package dev.upswell.local.check;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Stores all contributions to trending lists, after the caps per viewer. It shares no code with the
 * job. One thread sends. Results are read after it is done.
 */
public final class TrendLedger {
  /** Plays of a video by one viewer per hour that have weight. */
  private static final int PLAYS = 3;

  private static final int VIEW = 1;
  private static final int COMPLETED = 2;
  private static final int LIKE = 3;
  private static final long SLOT = 10_000;
  private static final long SLOTS_OF_AN_HOUR = 360;

  private final List<Counted> counted = new ArrayList<>();

  /** Time of the first play within an hour, and the plays since, by viewer and video. */
  private final Map<String, long[]> plays = new HashMap<>();

  /** Time of the last engagement that counts, by viewer, video and kind. */
  private final Map<String, Long> engaged = new HashMap<>();

  private final Map<String, Like> likes = new HashMap<>();
  private final Map<Long, VideoState> videos = new HashMap<>();

  /**
   * Contribution of an event. Its creator and category are those of the video.
   *
   * @param at Unix milliseconds
   * @param since time from which engagement decays, that of the like for its withdrawal
   * @param view whether it is a view, not an engagement
   * @param weight negative for a withdrawal
   * @param reports weight of reports
   * @param first whether the viewer had no counted view of the video in the hour before
   * @param from origin of a view; empty for engagement
   */
  record Counted(
      long at,
      long since,
      long videoId,
      boolean view,
      int weight,
      int reports,
      boolean first,
      Place from) {}

  /** Origin of a view, normalized. */
  record Place(String region, String device) {
    static Place of(View view) {
      return new Place(
          view.getRegion().toUpperCase(Locale.ROOT), view.getDevice().toLowerCase(Locale.ROOT));
    }
  }

  /** State of the like of a viewer on a video. */
  private static final class Like {
    boolean counts;
    long since = Long.MIN_VALUE / 2;
    long changed = Long.MIN_VALUE;
  }

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
      videos.put(video.getVideoId(), video(video.getVideoId()).after(video));
    }
  }

  private void take(View view) {
    long at = view.getViewedAt();
    long[] hour =
        plays.computeIfAbsent(
            key(view.getViewerId(), view.getVideoId()), unknown -> new long[] {at, 0});
    if (at / SLOT - hour[0] / SLOT >= SLOTS_OF_AN_HOUR) {
      hour[0] = at;
      hour[1] = 0;
    }
    hour[1]++;
    boolean completed = view.getDurationMs() > 0 && view.getWatchMs() >= view.getDurationMs();
    counted.add(
        new Counted(
            at,
            at,
            view.getVideoId(),
            true,
            hour[1] > PLAYS ? 0 : completed ? COMPLETED : VIEW,
            0,
            hour[1] == 1,
            Place.of(view)));
  }

  private void take(Engagement event) {
    switch (event.getType()) {
      case LIKE, UNLIKE -> toggle(event);
      case COMMENT -> once(event, 4, 0);
      case SHARE -> once(event, 6, 0);
      case NOT_INTERESTED -> once(event, 0, 2);
      case REPORT -> once(event, 0, 20);
      default -> throw new IllegalStateException("the traffic has no " + event.getType());
    }
  }

  private void once(Engagement event, int weight, int reports) {
    String key = key(event.getViewerId(), event.getVideoId()) + "/" + event.getType();
    Long before = engaged.get(key);
    if (before == null || event.getAt() / SLOT - before / SLOT >= SLOTS_OF_AN_HOUR) {
      engaged.put(key, event.getAt());
      add(event, event.getAt(), weight, reports);
    }
  }

  /** A like counts from its first time within an hour, for as long as it is not withdrawn. */
  private void toggle(Engagement event) {
    Like like =
        likes.computeIfAbsent(key(event.getViewerId(), event.getVideoId()), unknown -> new Like());
    boolean wanted = event.getType() == Engagement.Type.LIKE;
    if (event.getAt() < like.changed) {
      return;
    }
    like.changed = event.getAt();
    if (wanted == like.counts) {
      return;
    }
    like.counts = wanted;
    if (wanted && event.getAt() / SLOT - like.since / SLOT >= SLOTS_OF_AN_HOUR) {
      like.since = event.getAt();
    }
    add(event, like.since, wanted ? LIKE : -LIKE, 0);
  }

  private void add(Engagement event, long since, int weight, int reports) {
    counted.add(
        new Counted(
            event.getAt(),
            since,
            event.getVideoId(),
            false,
            weight,
            reports,
            false,
            new Place("", "")));
  }

  private static String key(long viewer, long video) {
    return viewer + "/" + video;
  }

  List<Counted> counted() {
    return Collections.unmodifiableList(counted);
  }

  /** Returns the video as its records describe it. */
  VideoState video(long videoId) {
    return videos.getOrDefault(videoId, VideoState.UNKNOWN);
  }
}
