package dev.upswell.trending;

import dev.upswell.contract.VideoState;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Computes the expected lists from all events for each slot: no state but the events, no sharing,
 * no pruning. Scopes are their names.
 */
final class TrendingModel {
  /** Parts of a slot that the times of likes are compared in. */
  private static final int PARTS = 255;

  private final TrendingSettings settings;
  private final TrendWeights weights;
  private final int plays;
  private final ModelSums sums;

  /** Events by creator and video, with slot and scope. */
  private final TreeMap<Long, TreeMap<Long, Happened>> videos = new TreeMap<>();

  /** Events of videos without a publication. */
  private final Map<Long, List<Pending>> pending = new HashMap<>();

  /** First slot of the hour of a viewer and video, and the actions in it. */
  private final Map<String, int[]> hours = new HashMap<>();

  private final Map<String, Like> likes = new HashMap<>();
  private final Map<Long, VideoState> states = new HashMap<>();
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

    /** By slot: age, engagement, reports of each event. */
    final TreeMap<Integer, List<long[]>> others = new TreeMap<>();
  }

  private record Pending(int slot, Consumer<Happened> event) {}

  /** What a viewer said about a video. */
  private static final class Like {
    boolean isLiked;
    int slot;
    long toggled = Long.MIN_VALUE;
  }

  /** A place of a list. */
  record Place(long videoId, double score, double engagement, double baseline, double views) {}

  // ---- What happens

  void view(View view) {
    int slot = Slots.of(view.getViewedAt());
    int before = before(view.getViewerId() + "/" + view.getVideoId(), slot);
    boolean completed = view.getDurationMs() > 0 && view.getWatchMs() >= view.getDurationMs();
    int weight = before >= plays ? 0 : completed ? weights.completed() : weights.view();
    if (isTooLate(slot)) {
      return;
    }
    int counted = Math.max(slot, closedSlot + 1);
    happen(
        view.getVideoId(),
        counted,
        happened -> {
          for (String scope : scopes(view, slot)) {
            add(happened, scope, counted, weight, before == 0 ? 1 : 0);
          }
        });
  }

  /** Returns how many actions there were in the hour that one belongs to, and adds it. */
  private int before(String key, int slot) {
    int[] hour = hours.get(key);
    if (hour == null || slot - hour[0] >= Slots.PER_HOUR) {
      hours.put(key, new int[] {slot, 1});
      return 0;
    }
    return hour[0] - slot >= Slots.PER_HOUR ? Integer.MAX_VALUE : hour[1]++;
  }

  private static void add(Happened happened, String scope, int slot, int weight, int viewers) {
    TreeMap<Integer, long[]> slots =
        happened.views.computeIfAbsent(scope, unknown -> new TreeMap<>());
    long[] counts = slots.computeIfAbsent(slot, unknown -> new long[3]);
    counts[0] += weight;
    counts[1]++;
    if (viewers > 0) {
      // A minute later.
      slots.computeIfAbsent(slot + 6, unknown -> new long[3])[2] += viewers;
    }
  }

  private boolean isTooLate(int slot) {
    return (long) closedSlot - slot > Slots.PER_HOUR;
  }

  private void happen(long videoId, int slot, Consumer<Happened> event) {
    VideoState state = states.getOrDefault(videoId, VideoState.UNKNOWN);
    if (state.isKnown()) {
      event.accept(video(state.creatorId(), videoId));
    } else {
      pending.computeIfAbsent(videoId, unknown -> new ArrayList<>()).add(new Pending(slot, event));
    }
  }

  private Happened video(long creator, long video) {
    return videos
        .computeIfAbsent(creator, unknown -> new TreeMap<>())
        .computeIfAbsent(video, unknown -> new Happened());
  }

  private static List<String> scopes(View view, int slot) {
    if (!view.getRegion().matches("[A-Za-z]{2}")) {
      return List.of("global");
    }
    String given = view.getDevice().toLowerCase(Locale.ROOT);
    String device = TrendingChain.DEVICES.contains(given) ? given : "other";
    String region = "region:" + view.getRegion().toUpperCase(Locale.ROOT);
    return List.of(
        "global",
        region,
        "device:" + device + "/" + region + "/daypart:" + DayPart.of(slot).text());
  }

  void engage(Engagement event) {
    String key = event.getViewerId() + "/" + event.getVideoId();
    int slot = Slots.of(event.getAt());
    boolean toggles =
        event.getType() == Engagement.Type.LIKE || event.getType() == Engagement.Type.UNLIKE;
    int age =
        toggles ? toggle(key, event) : before(key + "/" + event.getType(), slot) == 0 ? 0 : -1;
    if (age < 0 || isTooLate(slot)) {
      return;
    }
    int counted = Math.max(slot, closedSlot + 1);
    long[] counts = {age + counted - slot, 0, 0};
    switch (event.getType()) {
      case LIKE -> counts[1] = weights.like();
      case UNLIKE -> counts[1] = -weights.like();
      case COMMENT -> counts[1] = weights.comment();
      case SHARE -> counts[1] = weights.share();
      case REPORT -> counts[2] = weights.report();
      case NOT_INTERESTED -> counts[2] = weights.notInterested();
      default -> throw new AssertionError(event);
    }
    happen(
        event.getVideoId(),
        counted,
        happened ->
            happened.others.computeIfAbsent(counted, unknown -> new ArrayList<>()).add(counts));
  }

  /** Returns the slots since the like that an event restores or withdraws; -1 if it is neither. */
  private int toggle(String key, Engagement event) {
    Like like = likes.computeIfAbsent(key, unknown -> new Like());
    int slot = Slots.of(event.getAt());
    long at =
        (long) slot * PARTS + Math.floorMod(event.getAt(), Slots.MILLIS) * PARTS / Slots.MILLIS;
    if (at < like.toggled) {
      return -1;
    }
    like.toggled = at;
    boolean wants = event.getType() == Engagement.Type.LIKE;
    like.isLiked = like.isLiked && slot - like.slot < likesForgotten();
    if (wants == like.isLiked) {
      return -1;
    }
    like.isLiked = wants;
    if (wants && (like.slot == 0 || slot - like.slot >= Slots.PER_HOUR)) {
      like.slot = slot;
    }
    return slot - like.slot;
  }

  /** Slots after which a like is forgotten: six hours or eight half-lives. */
  private double likesForgotten() {
    return Math.max(6 * Slots.PER_HOUR, 8 * ModelSums.slots(settings.halfLife()));
  }

  void say(Video video) {
    long videoId = video.getVideoId();
    VideoState before = states.getOrDefault(videoId, VideoState.UNKNOWN);
    VideoState after = before.after(video);
    states.put(videoId, after);
    if (before.isKnown() && before.creatorId() != after.creatorId()) {
      videos.getOrDefault(before.creatorId(), new TreeMap<>()).remove(videoId);
    }
    if (after.isKnown()) {
      for (Pending each : pending.getOrDefault(videoId, List.of())) {
        if (!isTooLate(each.slot())) {
          each.event().accept(video(after.creatorId(), videoId));
        }
      }
      pending.remove(videoId);
    }
  }

  boolean isPublic(long videoId) {
    return states.getOrDefault(videoId, VideoState.UNKNOWN).isPublic();
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
            VideoState state = states.getOrDefault(each.video(), VideoState.UNKNOWN);
            if (state.isPublic()) {
              double usual = standings.size() == 1 ? 0 : Math.max(0, all - sums.rate(each, slot));
              scores.offer(each, state.category().toLowerCase(Locale.ROOT), usual);
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
