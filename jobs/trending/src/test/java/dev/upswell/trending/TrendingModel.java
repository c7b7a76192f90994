package dev.upswell.trending;

import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.popularity.trending.DayPart;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.trending.ModelScores.Candidate;
import dev.upswell.trending.ModelSums.VideoSums;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Computes the expected lists from all events for each slot: no state but the events, no sharing,
 * no pruning. Scopes are their names.
 */
final class TrendingModel {
  private static final long HOUR = 3_600_000;

  private final TrendingSettings settings;
  private final TrendWeights weights;
  private final int plays;
  private final ModelSums sums;

  /** Events by creator and video, with slot and scope. */
  private final TreeMap<Long, TreeMap<Long, Happened>> videos = new TreeMap<>();

  private final Map<String, Integer> played = new HashMap<>();
  private final Set<String> engaged = new HashSet<>();
  private final Map<Long, TimedMetadata> metadata = new HashMap<>();
  private int closedSlot = Integer.MIN_VALUE;

  TrendingModel(TrendingSettings settings, int plays) {
    this.settings = settings;
    this.weights = settings.weights();
    this.plays = plays;
    this.sums = new ModelSums(settings);
  }

  static final class Happened {
    /** By scope and slot: weight, views, viewers. */
    final Map<String, TreeMap<Integer, long[]>> views = new TreeMap<>();

    /** By slot: engagement, reports. */
    final TreeMap<Integer, long[]> others = new TreeMap<>();
  }

  /** A place of a list. */
  record Place(long videoId, double score, double engagement, double baseline, double views) {}

  // ---- What happens

  void view(View view) {
    String key =
        view.getViewerId()
            + "/"
            + view.getVideoId()
            + "/"
            + Math.floorDiv(view.getViewedAt(), HOUR);
    int before = played.merge(key, 1, Integer::sum) - 1;
    boolean completed = view.getDurationMs() > 0 && view.getWatchMs() >= view.getDurationMs();
    int weight = before >= plays ? 0 : completed ? weights.completed() : weights.view();
    int slot = Slots.of(view.getViewedAt());
    for (String scope : scopes(view, slot)) {
      add(view, scope, slot, weight, before == 0 ? 1 : 0);
    }
  }

  private void add(View view, String scope, int slot, int weight, int viewers) {
    if (isTooLate(slot)) {
      return;
    }
    TreeMap<Integer, long[]> slots =
        video(view.getCreatorId(), view.getVideoId())
            .views
            .computeIfAbsent(scope, unknown -> new TreeMap<>());
    int counted = Math.max(slot, closedSlot + 1);
    long[] counts = slots.computeIfAbsent(counted, unknown -> new long[3]);
    counts[0] += weight;
    counts[1]++;
    if (viewers > 0) {
      // A minute later.
      slots.computeIfAbsent(counted + 6, unknown -> new long[3])[2] += viewers;
    }
  }

  private boolean isTooLate(int slot) {
    return (long) closedSlot - slot > Slots.PER_HOUR;
  }

  private Happened video(long creator, long video) {
    return videos
        .computeIfAbsent(creator, unknown -> new TreeMap<>())
        .computeIfAbsent(video, unknown -> new Happened());
  }

  private static List<String> scopes(View view, int slot) {
    if (!view.getRegion().matches("[A-Z]{2}")) {
      return List.of("global");
    }
    String device = TrendingChain.DEVICES.contains(view.getDevice()) ? view.getDevice() : "other";
    String region = "region:" + view.getRegion();
    return List.of(
        "global",
        region,
        "device:" + device + "/" + region + "/daypart:" + DayPart.of(slot).text());
  }

  void engage(Engagement event) {
    String key =
        event.getViewerId()
            + "/"
            + event.getVideoId()
            + "/"
            + Math.floorDiv(event.getAt(), HOUR)
            + "/";
    if (event.getType() == Engagement.Type.UNLIKE
        && !engaged.contains(key + Engagement.Type.LIKE)) {
      return;
    }
    if (!engaged.add(key + event.getType())) {
      return;
    }
    int slot = Slots.of(event.getAt());
    if (isTooLate(slot)) {
      return;
    }
    long[] counts =
        video(event.getCreatorId(), event.getVideoId())
            .others
            .computeIfAbsent(Math.max(slot, closedSlot + 1), unknown -> new long[2]);
    switch (event.getType()) {
      case LIKE -> counts[0] += weights.like();
      case UNLIKE -> counts[0] -= weights.like();
      case COMMENT -> counts[0] += weights.comment();
      case SHARE -> counts[0] += weights.share();
      case REPORT -> counts[1] += weights.report();
      case NOT_INTERESTED -> counts[1] += weights.notInterested();
      default -> throw new AssertionError(event);
    }
  }

  void say(Video video) {
    TimedMetadata emitted = TimedMetadata.of(video);
    TimedMetadata before = metadata.get(video.getVideoId());
    if (before == null || before.at() <= emitted.at()) {
      metadata.put(video.getVideoId(), emitted);
    }
  }

  void pass(int slot) {
    closedSlot = Math.max(closedSlot, slot);
  }

  // ---- Lists

  /** The lists by scope and kind, such as {@code global rising}. */
  Map<String, List<Place>> lists(int slot) {
    ModelScores scores = new ModelScores(sums, settings, slot);
    videos.forEach(
        (creator, ofCreator) -> {
          Map<Long, VideoSums> standings = new TreeMap<>();
          ofCreator.forEach(
              (video, happened) -> {
                VideoSums standing = sums.standing(creator, video, happened, slot);
                if (standing.first() <= slot) {
                  standings.put(video, standing);
                }
              });
          double all = standings.values().stream().mapToDouble(s -> sums.rate(s, slot)).sum();
          for (VideoSums each : standings.values()) {
            TimedMetadata emitted = metadata.get(each.video());
            if (emitted == null || !emitted.metadata().hidden()) {
              String category = emitted == null ? "" : emitted.metadata().category();
              double usual = standings.size() == 1 ? 0 : Math.max(0, all - sums.rate(each, slot));
              scores.offer(each, category, usual);
            }
          }
        });
    Map<String, List<Place>> lists = new HashMap<>();
    scores.rising.forEach((scope, found) -> put(lists, scope, "rising", found));
    scores.top.forEach((scope, found) -> put(lists, scope, "top", found));
    return lists;
  }

  private void put(
      Map<String, List<Place>> lists, String scope, String kind, List<Candidate> found) {
    found.sort(
        Comparator.comparingDouble((Candidate c) -> c.place().score())
            .thenComparingLong(c -> c.place().videoId())
            .reversed());
    Map<Long, Integer> creators = new HashMap<>();
    List<Candidate> best = new ArrayList<>();
    for (Candidate candidate : found) {
      if (creators.merge(candidate.creator(), 1, Integer::sum) <= settings.lists().perCreator()) {
        best.add(candidate);
      }
    }
    int most = scope.contains("/category:") ? Integer.MAX_VALUE : settings.lists().perCategory();
    Map<String, Integer> categories = new HashMap<>();
    List<Place> list = new ArrayList<>();
    for (Candidate candidate : best) {
      boolean hasRoom =
          candidate.category().isEmpty()
              || categories.merge(candidate.category(), 1, Integer::sum) <= most;
      if (hasRoom && list.size() < settings.lists().size()) {
        list.add(candidate.place());
      }
    }
    lists.put(scope + " " + kind, list);
  }
}
