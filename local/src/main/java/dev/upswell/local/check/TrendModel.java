package dev.upswell.local.check;

import dev.upswell.contract.VideoState;
import dev.upswell.local.check.TrendLedger.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Model of the most viewed videos per scope, which adds up all events again. It shares no code with
 * the job, whose options have their defaults.
 */
final class TrendModel {
  private static final long SLOT = 10_000;

  /** Slots of a half-life. */
  private static final double SLOTS = 90;

  /** Slots after which a viewer counts. */
  private static final long VIEWERS_AFTER = 6;

  private static final double LEAST_VIEWERS = 15;
  private static final double DISTINCT = 0.3;
  private static final double ENGAGEMENT_PER_VIEW = 13;
  private static final double REPORT = 20;
  private static final int SIZE = 100;
  private static final int PER_CREATOR = 5;
  private static final int PER_CATEGORY = 40;
  private static final String GLOBAL = "global";
  private static final List<String> DEVICES = List.of("android", "ios", "web", "tv");
  private static final List<String> PARTS = List.of("night", "morning", "afternoon", "evening");

  private final TrendLedger ledger;
  private final long slot;
  private final Map<Long, Watched> videos = new HashMap<>();
  private final Map<String, List<Place>> scopes = new TreeMap<>();

  /** Video in a list, with its decayed engagement. */
  record Place(long videoId, long creatorId, double engagement, double views, double viewers) {}

  private static final class Sums {
    double weight;
    double views;
    double viewers;
  }

  private static final class Watched {
    final Map<String, Sums> byScope = new HashMap<>();
    double engagement;
    double reports;
  }

  /**
   * Adds up all events until a time.
   *
   * @param at Unix milliseconds of the end of a slot of ten seconds
   */
  TrendModel(TrendLedger ledger, long at) {
    this.ledger = ledger;
    this.slot = at / SLOT - 1;
    ledger.counted().forEach(this::add);
    videos.forEach(this::offer);
  }

  /** All of each scope that may be in its list, by scope. */
  Map<String, List<Place>> candidates() {
    return scopes;
  }

  /** Scopes with a list, by name. */
  Map<String, List<Place>> lists() {
    Map<String, List<Place>> lists = new TreeMap<>();
    scopes.forEach((scope, candidates) -> lists.put(scope, list(scope, candidates)));
    return lists;
  }

  private List<Place> list(String scope, List<Place> candidates) {
    List<Place> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.comparingDouble(Place::engagement).thenComparingLong(Place::videoId).reversed());
    int perCategory = scope.contains("/category:") ? SIZE : PER_CATEGORY;
    Map<Long, Integer> creators = new HashMap<>();
    Map<String, Integer> categories = new HashMap<>();
    List<Place> list = new ArrayList<>();
    for (Place place : sorted) {
      String category = category(place.videoId());
      if (list.size() < SIZE
          && creators.merge(place.creatorId(), 1, Integer::sum) <= PER_CREATOR
          && (category.isEmpty() || categories.merge(category, 1, Integer::sum) <= perCategory)) {
        list.add(place);
      }
    }
    return list;
  }

  // ---- Sums

  private void add(Counted event) {
    long then = event.at() / SLOT;
    if (then > slot) {
      return;
    }
    Watched video = videos.computeIfAbsent(event.videoId(), unknown -> new Watched());
    double left = left(event.since() / SLOT);
    if (!event.view()) {
      video.engagement += event.weight() * left;
      video.reports += event.reports() * left;
      return;
    }
    for (String scope : scopes(event, then)) {
      Sums sums = video.byScope.computeIfAbsent(scope, unknown -> new Sums());
      sums.weight += event.weight() * left;
      sums.views += left;
      if (event.first() && then + VIEWERS_AFTER <= slot) {
        sums.viewers += left(then + VIEWERS_AFTER);
      }
    }
  }

  private double left(long then) {
    return Math.pow(0.5, (slot - then) / SLOTS);
  }

  private static List<String> scopes(Counted event, long then) {
    if (!event.from().region().matches("[A-Z]{2}")) {
      return List.of(GLOBAL);
    }
    String region = "region:" + event.from().region();
    String given = event.from().device();
    String device = DEVICES.contains(given) ? given : "other";
    return List.of(GLOBAL, region, "device:" + device + "/" + region + "/daypart:" + part(then));
  }

  private static String part(long slot) {
    return PARTS.get((int) (slot * SLOT / ViewLedger.HOUR % 24 / 6));
  }

  // ---- Lists

  private void offer(long videoId, Watched video) {
    Sums global = video.byScope.get(GLOBAL);
    VideoState state = ledger.video(videoId);
    if (global == null || !state.isPublic()) {
      return;
    }
    double liked = Math.max(0, Math.min(video.engagement, ENGAGEMENT_PER_VIEW * global.weight));
    double disliked = Math.min(video.reports, REPORT * global.viewers);
    double all = Math.max(0, global.weight + liked - disliked);
    video.byScope.forEach(
        (scope, sums) -> {
          boolean isOver = scope.contains("/daypart:") && !scope.endsWith(":" + part(slot));
          double engagement = all * sums.weight / global.weight;
          if (isOver
              || sums.viewers < LEAST_VIEWERS
              || sums.viewers < DISTINCT * sums.views
              || !(engagement > 0)) {
            return;
          }
          Place place = new Place(videoId, state.creatorId(), engagement, sums.views, sums.viewers);
          put(scope, place);
          String category = category(videoId);
          if (scope.startsWith("region:") && !category.isEmpty()) {
            put(scope + "/category:" + category, place);
          }
        });
  }

  private String category(long videoId) {
    return ledger.video(videoId).category().toLowerCase(Locale.ROOT);
  }

  private void put(String scope, Place place) {
    scopes.computeIfAbsent(scope, unknown -> new ArrayList<>()).add(place);
  }
}
