package dev.upswell.viral;

import dev.upswell.simulation.model.TierModel;
import dev.upswell.simulation.model.TierModel.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stores every counted view, for comparison with the results of the job. It shares no code with the
 * job.
 */
final class ViewLedger {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;

  /** Viewers are kept of those videos only, whose ids this divides: they are most of the memory. */
  static final int VIEWERS_OF_ONE_IN = 100;

  /** A video and the start of a UTC hour. */
  record Hour(long videoId, long start) {}

  /** Views of the minute. */
  static final class Totals {
    int views;
    long watchMs;
    final Set<Long> viewers = new HashSet<>();
  }

  final Map<Hour, Totals> hours = new HashMap<>();

  /** Views by video and minute. */
  final Map<Long, TreeMap<Long, Integer>> minutes = new HashMap<>();

  void add(long videoId, long viewerId, long at, int watchMs) {
    Totals totals = hours.computeIfAbsent(new Hour(videoId, at - at % HOUR), hour -> new Totals());
    totals.views++;
    totals.watchMs += watchMs;
    if (videoId % VIEWERS_OF_ONE_IN == 0) {
      totals.viewers.add(viewerId);
    }
    minutes.computeIfAbsent(videoId, video -> new TreeMap<>()).merge(at / MINUTE, 1, Integer::sum);
  }

  /** Views of the sixty minutes of which this one is the last. */
  int lastHour(long videoId, long minute) {
    return minutes
        .getOrDefault(videoId, new TreeMap<>())
        .subMap(minute - 59, minute + 1)
        .values()
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** Videos that have more views than this in some sixty minutes. */
  Set<Long> everAbove(int views) {
    Set<Long> above = new HashSet<>();
    minutes.forEach(
        (video, counts) -> {
          if (counts.keySet().stream().anyMatch(minute -> lastHour(video, minute) > views)) {
            above.add(video);
          }
        });
    return above;
  }

  /** Returns the tier changes of the model up to a minute; each view has its own viewer. */
  List<Change> tierChanges(int viralAbove, long last) {
    TierModel model = new TierModel(viralAbove);
    long first = minutes.values().stream().mapToLong(TreeMap::firstKey).min().orElse(0);
    for (long minute = first; minute <= last; minute++) {
      model.decide(minute, lastHour(minute), video -> 1);
    }
    return model.changes();
  }

  /** The views in the last hour of all videos that have any. */
  Map<Long, Integer> lastHour(long minute) {
    Map<Long, Integer> views = new HashMap<>();
    for (long video : minutes.keySet()) {
      int count = lastHour(video, minute);
      if (count > 0) {
        views.put(video, count);
      }
    }
    return views;
  }
}
