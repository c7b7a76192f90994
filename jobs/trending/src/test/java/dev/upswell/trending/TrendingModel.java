package dev.upswell.trending;

import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.popularity.trending.DayPart;
import dev.upswell.popularity.trending.Decay;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
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
  private final Decay fast;
  private final Decay slow;
  private final double priorSlots;
  private final Decay fading;

  /** Events by creator and video, with slot and scope. */
  private final TreeMap<Long, TreeMap<Long, Events>> videos = new TreeMap<>();

  private final Map<String, Integer> played = new HashMap<>();
  private final Set<String> engaged = new HashSet<>();
  private final Map<Long, TimedMetadata> metadata = new HashMap<>();
  private int closedSlot = Integer.MIN_VALUE;

  TrendingModel(TrendingSettings settings, int plays) {
    this.settings = settings;
    this.weights = settings.weights();
    this.plays = plays;
    this.fast = new Decay(slots(settings.halfLife().toMillis()));
    this.slow = new Decay(slots(settings.baselineHalfLife().toMillis()));
    this.priorSlots = slots(settings.prior().toMillis());
    this.fading = new Decay(priorSlots);
  }

  private static double slots(long millis) {
    return (double) millis / Slots.MILLIS;
  }

  private static final class Events {
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
    long[] sums = slots.computeIfAbsent(counted, unknown -> new long[3]);
    sums[0] += weight;
    sums[1]++;
    if (viewers > 0) {
      // A minute later.
      slots.computeIfAbsent(counted + 6, unknown -> new long[3])[2] += viewers;
    }
  }

  private boolean isTooLate(int slot) {
    return (long) closedSlot - slot > Slots.PER_HOUR;
  }

  private Events video(long creator, long video) {
    return videos
        .computeIfAbsent(creator, unknown -> new TreeMap<>())
        .computeIfAbsent(video, unknown -> new Events());
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
    long[] sums =
        video(event.getCreatorId(), event.getVideoId())
            .others
            .computeIfAbsent(Math.max(slot, closedSlot + 1), unknown -> new long[2]);
    switch (event.getType()) {
      case LIKE -> sums[0] += weights.like();
      case UNLIKE -> sums[0] -= weights.like();
      case COMMENT -> sums[0] += weights.comment();
      case SHARE -> sums[0] += weights.share();
      case REPORT -> sums[1] += weights.report();
      case NOT_INTERESTED -> sums[1] += weights.notInterested();
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

  /** Decayed sums of a video in a scope, or of what was done besides. */
  private record Sums(long a, long b, long c, long past, double squares, int touched) {}

  /** A video as it is at the end of a slot. */
  private record VideoSums(
      long creator,
      long video,
      int first,
      Map<String, Sums> views,
      Sums others,
      TrendingSettings settings) {}

  /** The lists by scope and kind, such as {@code global rising}. */
  Map<String, List<Place>> lists(int slot) {
    Map<String, List<Candidate>> rising = new TreeMap<>();
    Map<String, List<Candidate>> top = new TreeMap<>();
    videos.forEach(
        (creator, ofCreator) -> {
          Map<Long, VideoSums> videoSums = new TreeMap<>();
          ofCreator.forEach(
              (video, events) -> {
                VideoSums sumsOf = sumsOf(creator, video, events, slot);
                if (sumsOf.first() <= slot) {
                  videoSums.put(video, sumsOf);
                }
              });
          double all = videoSums.values().stream().mapToDouble(s -> rate(s, slot)).sum();
          videoSums
              .values()
              .forEach(
                  each -> {
                    double usual = videoSums.size() == 1 ? 0 : Math.max(0, all - rate(each, slot));
                    offer(each, usual, slot, rising, top);
                  });
        });
    Map<String, List<Place>> lists = new HashMap<>();
    rising.forEach((scope, found) -> put(lists, scope, "rising", found));
    top.forEach((scope, found) -> put(lists, scope, "top", found));
    return lists;
  }

  private record Candidate(long creator, String category, Place place) {}

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

  /** Replays all events until a slot, and restarts a video after its expiry. */
  private VideoSums sumsOf(long creator, long video, Events events, int slot) {
    TreeMap<Integer, Boolean> slots = new TreeMap<>();
    events.views.values().forEach(in -> in.keySet().forEach(s -> slots.put(s, true)));
    events.others.keySet().forEach(s -> slots.put(s, true));
    Map<String, Sums> views = new TreeMap<>();
    Sums others = null;
    int first = Integer.MAX_VALUE;
    for (int now : slots.headMap(slot, true).keySet()) {
      if (first != Integer.MAX_VALUE && isExpired(views.get("global"), others, now)) {
        views.clear();
        others = null;
        first = Integer.MAX_VALUE;
      }
      first = Math.min(first, now);
      for (Map.Entry<String, TreeMap<Integer, long[]>> scope : events.views.entrySet()) {
        long[] sums = scope.getValue().get(now);
        if (sums != null) {
          views.put(scope.getKey(), added(views.get(scope.getKey()), scope.getKey(), sums, now));
        }
      }
      long[] other = events.others.get(now);
      if (other != null) {
        others = engaged(others, other, now);
      }
    }
    Sums engagement = others == null ? new Sums(0, 0, 0, 0, 0, first) : others;
    return new VideoSums(creator, video, first, views, engagement, settings);
  }

  private boolean isExpired(Sums global, Sums others, int slot) {
    return (global == null || slow.left(global.past(), slot - global.touched()) < Decay.ONE / 2)
        && (others == null || slow.left(others.past(), slot - others.touched()) < Decay.ONE / 2);
  }

  private Sums added(Sums before, String scope, long[] sums, int slot) {
    boolean isNew =
        before == null
            || (!scope.equals("global")
                && slow.left(before.past(), slot - before.touched()) < Decay.ONE / 2);
    Sums from = isNew ? new Sums(0, 0, 0, 0, 0, slot) : before;
    int age = slot - from.touched();
    return new Sums(
        fast.left(from.a(), age) + sums[0] * Decay.ONE,
        fast.left(from.b(), age) + sums[1] * Decay.ONE,
        fast.left(from.c(), age) + sums[2] * Decay.ONE,
        slow.left(from.past(), age) + sums[0] * Decay.ONE,
        squares(from, age),
        slot);
  }

  private Sums engaged(Sums before, long[] sums, int slot) {
    Sums from = before == null ? new Sums(0, 0, 0, 0, 0, slot) : before;
    int age = slot - from.touched();
    return new Sums(
        fast.left(from.a(), age) + sums[0] * Decay.ONE,
        fast.left(from.b(), age) + sums[1] * Decay.ONE,
        0,
        slow.left(from.past(), age) + sums[0] * Decay.ONE,
        0,
        slot);
  }

  /** Slot by slot, where the job knows a formula. */
  private double squares(Sums from, int slots) {
    double squares = from.squares();
    for (int slot = 0; slot < slots; slot++) {
      double amount = real(from.a()) * fast.factor(slot);
      squares = (squares + amount * amount) * slow.factor(1);
    }
    return squares;
  }

  private static double millionths(double score) {
    return Math.rint(score * (1 << 20)) / (1 << 20);
  }

  private static double real(long amount) {
    return (double) amount / Decay.ONE;
  }

  private double now(Sums sums, long amount, int slot) {
    return real(fast.left(amount, slot - sums.touched()));
  }

  private double past(Sums sums, int slot) {
    int age = slot - sums.touched();
    return real(slow.left(sums.past(), age) - fast.left(sums.a(), age));
  }

  private double past(VideoSums video, int slot) {
    Sums global = video.views().get("global");
    double weight = global == null ? 0 : past(global, slot);
    if (weight <= 0) {
      return 0;
    }
    return weight
        + Math.max(
            0,
            Math.min(past(video.others(), slot), settings.spam().maxEngagementPerView() * weight));
  }

  private double rate(VideoSums video, int slot) {
    Sums global = video.views().get("global");
    double span = Math.max(0, slow.span(slot - video.first()) - fast.span(slot - video.first()));
    return isExpired(global, video.others(), slot) || span == 0 ? 0 : past(video, slot) / span;
  }

  private void offer(
      VideoSums video,
      double usual,
      int slot,
      Map<String, List<Candidate>> rising,
      Map<String, List<Candidate>> top) {
    TimedMetadata emitted = metadata.get(video.video());
    Sums global = video.views().get("global");
    if (global == null || (emitted != null && emitted.metadata().hidden())) {
      return;
    }
    double weight = now(global, global.a(), slot);
    double liked =
        Math.max(
            0,
            Math.min(
                now(video.others(), video.others().a(), slot),
                settings.spam().maxEngagementPerView() * weight));
    double disliked =
        Math.max(
            0,
            Math.min(
                now(video.others(), video.others().b(), slot),
                weights.report() * now(global, global.c(), slot)));
    double all = Math.max(0, weight + liked - disliked);
    String category = emitted == null ? "" : emitted.metadata().category();
    video
        .views()
        .forEach(
            (scope, sums) -> {
              double here = now(sums, sums.a(), slot);
              double views = now(sums, sums.b(), slot);
              double viewers = now(sums, sums.c(), slot);
              boolean isNow =
                  !scope.contains("daypart:") || scope.endsWith(":" + DayPart.of(slot).text());
              double engagement = scope.equals("global") ? all : all * (here / weight);
              if (!isNow
                  || viewers < settings.spam().minViewers()
                  || viewers < settings.spam().distinctShare() * views
                  || !(engagement > 0)) {
                return;
              }
              double expected = expected(video, scope, sums, here, weight, usual, slot);
              double variance = variance(video, sums, here, engagement, slot);
              double rise =
                  millionths(
                      (engagement - expected)
                          / Math.sqrt(Math.max(Math.max(expected, variance), settings.floor())));
              List<String> scopes = new ArrayList<>(List.of(scope));
              if (scope.startsWith("region:") && !category.isEmpty()) {
                scopes.add(scope + "/category:" + category);
              }
              for (String each : scopes) {
                Place place =
                    new Place(video.video(), millionths(engagement), engagement, expected, views);
                top.computeIfAbsent(each, unknown -> new ArrayList<>())
                    .add(new Candidate(video.creator(), category, place));
                if (rise >= settings.minScore()) {
                  Place up = new Place(video.video(), rise, engagement, expected, views);
                  rising
                      .computeIfAbsent(each, unknown -> new ArrayList<>())
                      .add(new Candidate(video.creator(), category, up));
                }
              }
            });
  }

  private double expected(
      VideoSums video,
      String scope,
      Sums sums,
      double here,
      double weight,
      double usual,
      int slot) {
    int age = slot - video.first();
    Sums global = video.views().get("global");
    boolean isGlobal = scope.equals("global");
    double pastWeight = past(global, slot);
    double pastHere =
        isGlobal
            ? past(video, slot)
            : pastWeight <= 0 ? 0 : past(video, slot) * (past(sums, slot) / pastWeight);
    double share = isGlobal || weight <= 0 ? 1 : here / weight;
    double prior = priorSlots * fading.factor(age);
    double span = Math.max(0, slow.span(age) - fast.span(age));
    return (pastHere + prior * (usual * share)) / (span + prior) * fast.span(age);
  }

  private double variance(VideoSums video, Sums sums, double here, double engagement, int slot) {
    int age = slot - video.first();
    if (age == 0 || here <= 0) {
      return 0;
    }
    int since = slot - sums.touched();
    double s = slow.factor(1);
    double d = fast.factor(1);
    double span = slow.span(age) - 1;
    double slowSum = real(slow.left(sums.past(), since));
    double mean = ((s * slowSum - d * here) / (s - d) - here) / span;
    double known = 1 - slow.factor(age);
    double more = engagement / here;
    return Math.max(0, squares(sums, since) / span - mean * mean) * known * known * more * more;
  }
}
