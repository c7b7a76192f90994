package dev.upswell.simulation.model;

import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Assigns tiers minute by minute from the views of the last hour, without forecasts. Its caller
 * counts the views. It shares no code with the job, and assumes its default options.
 */
public final class TierModel {
  private static final long DWELL_MINUTES = 10;
  private static final double KEEP = 0.7;
  private static final double EDGE = 0.01;
  private static final double REGIONAL = 0.1;
  private static final double DISTINCT = 0.2;

  private final int viralAbove;
  private final Map<Long, Video> videos = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private int edgeFrom = Integer.MAX_VALUE;
  private int regionalFrom = Integer.MAX_VALUE;
  private int active;

  /** A change of a tier at the end of a minute. */
  public record Change(long videoId, long minute, Tier from, Tier to, Reason reason, int views) {
    private static final long MINUTE = 60_000;

    /** Reads the change from a promotion of the job. */
    public static Change of(Promotion promotion) {
      return new Change(
          promotion.getVideoId(),
          promotion.getVersion() / MINUTE,
          promotion.getFrom(),
          promotion.getTo(),
          promotion.getReason(),
          promotion.getViewsLastHour());
    }
  }

  /**
   * The state of a video at the end of a minute.
   *
   * @param views in the last hour
   */
  public record Assignment(int views, Tier tier, Reason reason) {}

  private static final class Video {
    int views;
    Tier tier = Tier.ORIGIN;
    Reason reason = Reason.REASON_UNSPECIFIED;

    /** First minute below the threshold; 0 while it is not below. */
    long lowSince;
  }

  /**
   * Creates a model before its first minute.
   *
   * @param viralAbove views in the last hour above which a video is viral
   */
  public TierModel(int viralAbove) {
    this.viralAbove = viralAbove;
  }

  /**
   * Decides the next minute.
   *
   * @param minute in minutes since 1970; greater than the previous one
   * @param viewsLastHour positive views of each video in the sixty minutes up to this one
   * @param distinctShare share of distinct viewers among the views of a video, 0..1
   */
  public void decide(
      long minute, Map<Long, Integer> viewsLastHour, LongToDoubleFunction distinctShare) {
    viewsLastHour.keySet().forEach(id -> videos.computeIfAbsent(id, unknown -> new Video()));
    videos.forEach((id, video) -> video.views = viewsLastHour.getOrDefault(id, 0));
    List<Integer> counts =
        viewsLastHour.values().stream().sorted(Comparator.reverseOrder()).toList();
    active = counts.size();
    edgeFrom = threshold(counts, EDGE);
    regionalFrom = threshold(counts, REGIONAL);
    videos.forEach((id, video) -> decide(id, video, minute, distinctShare));
    videos.values().removeIf(video -> video.views == 0 && video.tier == Tier.ORIGIN);
  }

  /** Returns the least count that at most a share of all videos reach. */
  private static int threshold(List<Integer> mostFirst, double share) {
    int least = Integer.MAX_VALUE;
    int place = 0;
    while (place < mostFirst.size()) {
      int count = mostFirst.get(place);
      while (place < mostFirst.size() && mostFirst.get(place) == count) {
        place++;
      }
      if (place > share * mostFirst.size()) {
        break;
      }
      least = count;
    }
    return least;
  }

  private void decide(long id, Video video, long minute, LongToDoubleFunction distinctShare) {
    int views = video.views;
    Tier deserved = Tier.ORIGIN;
    Reason reason = Reason.COOLED;
    if (views > viralAbove) {
      deserved = Tier.EDGE;
      reason = Reason.VIRAL;
    } else if (views >= edgeFrom) {
      deserved = Tier.EDGE;
      reason = Reason.PERCENTILE;
    } else if (views >= regionalFrom) {
      deserved = Tier.REGIONAL;
      reason = Reason.PERCENTILE;
    }
    boolean turnsViral = reason == Reason.VIRAL && video.reason != Reason.VIRAL;
    boolean higher = deserved.getNumber() > video.tier.getNumber();
    if ((higher || (deserved == video.tier && turnsViral))
        && distinctShare.applyAsDouble(id) >= DISTINCT) {
      change(id, video, minute, deserved, reason);
      return;
    }
    double edge = KEEP * Math.min(viralAbove + 1L, edgeFrom);
    double regional = KEEP * Math.min(viralAbove + 1L, regionalFrom);
    if (video.tier == Tier.ORIGIN || views >= (video.tier == Tier.EDGE ? edge : regional)) {
      video.lowSince = 0;
      return;
    }
    video.lowSince = video.lowSince == 0 ? minute : video.lowSince;
    if (minute - video.lowSince >= DWELL_MINUTES) {
      boolean toRegional = video.tier == Tier.EDGE && views >= regional;
      change(id, video, minute, toRegional ? Tier.REGIONAL : Tier.ORIGIN, Reason.COOLED);
    }
  }

  private void change(long id, Video video, long minute, Tier to, Reason reason) {
    changes.add(new Change(id, minute, video.tier, to, reason, video.views));
    video.tier = to;
    video.reason = reason;
    video.lowSince = 0;
  }

  /** Returns all changes of tiers so far, in the order of their minutes. */
  public List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }

  /** Returns the videos that turned viral so far. */
  public Set<Long> viral() {
    return changes.stream()
        .filter(change -> change.reason() == Reason.VIRAL)
        .map(Change::videoId)
        .collect(Collectors.toSet());
  }

  /** Returns the videos with views in the last hour or in a higher tier. */
  public Set<Long> videos() {
    return Collections.unmodifiableSet(videos.keySet());
  }

  /** Returns the state of a video; empty for one that is not in {@link #videos}. */
  public Optional<Assignment> assignment(long videoId) {
    return Optional.ofNullable(videos.get(videoId))
        .map(video -> new Assignment(video.views, video.tier, video.reason));
  }

  /** Returns the number of videos in a tier. */
  public int in(Tier tier) {
    return (int) videos.values().stream().filter(video -> video.tier == tier).count();
  }

  /** Returns the number of videos with views in the last hour. */
  public int active() {
    return active;
  }

  /** Returns the minimum views of the edge; {@link Integer#MAX_VALUE} if no video reaches it. */
  public int edgeFrom() {
    return edgeFrom;
  }

  /** Returns the minimum views of the regional tier; {@link Integer#MAX_VALUE} likewise. */
  public int regionalFrom() {
    return regionalFrom;
  }
}
