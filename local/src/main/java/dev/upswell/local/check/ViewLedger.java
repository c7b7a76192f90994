package dev.upswell.local.check;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stores every counted view once. It shares no code with the job. One thread sends. Results are
 * read after it is done.
 */
public final class ViewLedger {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;

  /** Time after the end of an hour during which its views count. */
  static final long LATENESS = 10 * MINUTE;

  private final List<Counted> views = new ArrayList<>();
  private final Set<String> droppedLate = new HashSet<>();
  private final Map<Long, Long> creators = new HashMap<>();
  private final Set<Long> hidden = new HashSet<>();
  private final Set<Long> removed = new HashSet<>();
  private long last;

  /**
   * A counted view.
   *
   * @param at Unix milliseconds
   * @param from first minute whose end includes it
   * @param inHour whether its UTC hour was open
   */
  record Counted(
      long videoId,
      long creatorId,
      long viewerId,
      long at,
      int watchMs,
      long from,
      boolean inHour) {
    long minute() {
      return at / MINUTE;
    }

    long hour() {
      return at / HOUR;
    }
  }

  /** A video and a UTC hour, in hours since 1970. */
  record Hour(long videoId, long hour) {}

  /** Totals of an hour. */
  static final class Totals {
    int views;
    long watchMs;
    final Set<Long> viewers = new HashSet<>();
  }

  /** A ledger without views. */
  public ViewLedger() {}

  /** Takes the creator of a video, and whether it is public, from a record of it. */
  void describe(Video video) {
    if (video.getType() == Video.Type.REMOVED) {
      removed.add(video.getVideoId());
      return;
    }
    creators.putIfAbsent(video.getVideoId(), video.getCreatorId());
    switch (video.getVisibility()) {
      case FOLLOWERS, PRIVATE -> hidden.add(video.getVideoId());
      case PUBLIC, VISIBILITY_UNSPECIFIED, UNRECOGNIZED -> hidden.remove(video.getVideoId());
    }
  }

  /** Returns the creator by the first publication; 0 without one. */
  long creatorOf(long videoId) {
    return creators.getOrDefault(videoId, 0L);
  }

  /** Returns whether a video is removed or not public by its last record. */
  boolean isHidden(long videoId) {
    return removed.contains(videoId) || hidden.contains(videoId);
  }

  /** Adds a view that is in time. */
  void add(View view) {
    count(view, view.getViewedAt() / MINUTE, true);
    last = Math.max(last, view.getViewedAt());
  }

  /**
   * Adds a late view.
   *
   * @param minute first open minute at its arrival
   */
  void addLate(View view, long minute) {
    long closed = view.getViewedAt() / HOUR * HOUR + HOUR + LATENESS;
    boolean inHour = closed > minute * MINUTE;
    if (!inHour) {
      droppedLate.add(view.getEventId());
    }
    count(view, minute, inHour);
  }

  private void count(View view, long from, boolean inHour) {
    views.add(
        new Counted(
            view.getVideoId(),
            view.getCreatorId(),
            view.getViewerId(),
            view.getViewedAt(),
            view.getWatchMs(),
            from,
            inHour));
  }

  List<Counted> views() {
    return Collections.unmodifiableList(views);
  }

  /** Returns the eventIds of views of final hours. */
  Set<String> droppedLate() {
    return droppedLate;
  }

  /** Returns Unix milliseconds of the last view that was in time. */
  long last() {
    return last;
  }

  /** The hours that are final when a minute begins. */
  Map<Hour, Totals> hours(long minute) {
    Map<Hour, Totals> hours = new HashMap<>();
    for (Counted view : views) {
      if (view.inHour() && (view.hour() + 1) * HOUR + LATENESS <= minute * MINUTE) {
        Totals totals =
            hours.computeIfAbsent(new Hour(view.videoId(), view.hour()), hour -> new Totals());
        totals.views++;
        totals.watchMs += view.watchMs();
        totals.viewers.add(view.viewerId());
      }
    }
    return hours;
  }
}
