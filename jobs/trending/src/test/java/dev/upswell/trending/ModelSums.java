package dev.upswell.trending;

import dev.upswell.popularity.trending.Decay;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.trending.TrendingModel.Happened;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the events of a video slot by slot, with decay, for {@link TrendingModel}. */
final class ModelSums {
  final Decay fast;
  final Decay slow;

  private final TrendingSettings settings;

  ModelSums(TrendingSettings settings) {
    this.settings = settings;
    this.fast = new Decay(slots(settings.halfLife()));
    this.slow = new Decay(slots(settings.baselineHalfLife()));
  }

  static double slots(Duration time) {
    return (double) time.toMillis() / Slots.MILLIS;
  }

  /** Decayed sums of a video in a scope, or of what was done besides. */
  record Sums(long a, long b, long c, long past, double squares, int touched) {}

  /** A video as it is at the end of a slot. */
  record VideoSums(long creator, long video, int first, Map<String, Sums> views, Sums others) {}

  /** Replays all events until a slot, and restarts a video after its expiry. */
  VideoSums standing(long creator, long video, Happened happened, int slot) {
    TreeMap<Integer, Boolean> slots = new TreeMap<>();
    happened.views.values().forEach(in -> in.keySet().forEach(s -> slots.put(s, true)));
    happened.others.keySet().forEach(s -> slots.put(s, true));
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
      for (Map.Entry<String, TreeMap<Integer, long[]>> scope : happened.views.entrySet()) {
        long[] sums = scope.getValue().get(now);
        if (sums != null) {
          views.put(scope.getKey(), added(views.get(scope.getKey()), scope.getKey(), sums, now));
        }
      }
      List<long[]> other = happened.others.get(now);
      if (other != null) {
        others = engaged(others, other, now);
      }
    }
    Sums engagement = others == null ? new Sums(0, 0, 0, 0, 0, first) : others;
    return new VideoSums(creator, video, first, views, engagement);
  }

  private boolean isExpired(Sums global, Sums others, int slot) {
    return (global == null || slow.left(global.past(), slot - global.touched()) < Decay.ONE / 2)
        && (others == null
            || slow.left(Math.max(0, others.past()), slot - others.touched()) < Decay.ONE / 2);
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

  /** Adds age, engagement and reports of a slot. What was below 0 before is forgotten. */
  private Sums engaged(Sums before, List<long[]> events, int slot) {
    Sums from = before == null ? new Sums(0, 0, 0, 0, 0, slot) : before;
    int since = slot - from.touched();
    long now = fast.left(Math.max(0, from.a()), since);
    long reports = fast.left(from.b(), since);
    long past = slow.left(Math.max(0, from.past()), since);
    for (long[] event : events) {
      int age = (int) event[0];
      now += event[1] * fast.left(Decay.ONE, age);
      reports += event[2] * fast.left(Decay.ONE, age);
      past += event[1] * slow.left(Decay.ONE, age);
    }
    return new Sums(now, reports, 0, past, 0, slot);
  }

  /** Slot by slot, where the job knows a formula. */
  double squares(Sums from, int slots) {
    double squares = from.squares();
    for (int slot = 0; slot < slots; slot++) {
      double amount = real(from.a()) * fast.factor(slot);
      squares = (squares + amount * amount) * slow.factor(1);
    }
    return squares;
  }

  static double real(long amount) {
    return (double) amount / Decay.ONE;
  }

  double now(Sums sums, long amount, int slot) {
    return real(fast.left(Math.max(0, amount), slot - sums.touched()));
  }

  double past(Sums sums, int slot) {
    int age = slot - sums.touched();
    return real(slow.left(Math.max(0, sums.past()), age) - fast.left(Math.max(0, sums.a()), age));
  }

  double past(VideoSums video, int slot) {
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

  double rate(VideoSums video, int slot) {
    Sums global = video.views().get("global");
    double span = Math.max(0, slow.span(slot - video.first()) - fast.span(slot - video.first()));
    return isExpired(global, video.others(), slot) || span == 0 ? 0 : past(video, slot) / span;
  }
}
