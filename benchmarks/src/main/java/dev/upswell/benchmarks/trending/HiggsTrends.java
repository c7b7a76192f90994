package dev.upswell.benchmarks.trending;

import dev.upswell.benchmarks.data.Lines;
import dev.upswell.popularity.trending.Candidate;
import dev.upswell.popularity.trending.Decay;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.popularity.trending.VideoMetadata;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A week of Twitter around the discovery of the Higgs boson (M. De Domenico et al., "The Anatomy of
 * a Scientific Rumor", 2013; https://snap.stanford.edu/data/higgs-twitter.html): what A did to B is
 * a view by A of a video of B.
 */
final class HiggsTrends {
  /** The busiest hour. */
  private static final long SURGE = Instant.parse("2012-07-04T06:00:00Z").getEpochSecond();

  private static final int HOUR = 3_600;
  private static final int LEAST_OF_A_SUBJECT = 100;

  /** Interval of comparisons of the global list, in slots. */
  private static final int COMPARED_EACH = 30;

  /** Half a day, which is 48 half-lives. */
  private static final int FORGOTTEN_AFTER = 12 * Slots.PER_HOUR;

  /** Number of viewers within a number of seconds that should be detected. */
  private static final int NOTICED_FROM = 20;

  private static final int NOTICED_WITHIN = 300;

  private final TrendingSettings settings;
  private final TrendBoard board;
  private final List<long[]> views = new ArrayList<>();
  private final Map<Long, Integer> surge = new HashMap<>();
  private final Map<Long, Deque<Long>> latest = new HashMap<>();
  private final Map<Long, Integer> noticeable = new HashMap<>();
  private final Map<Long, Integer> rising = new HashMap<>();
  private final Set<Long> seen = new HashSet<>();
  private final Map<Long, Long> counted = new HashMap<>();
  private final Decay decay;
  private int slot;
  private int forgotten;
  private int compared;
  private int equal;

  private final Map<Long, int[]> waiting = new TreeMap<>();
  private final Map<Integer, List<TrendCount>> viewersLater = new HashMap<>();

  private HiggsTrends(TrendingSettings settings) {
    this.settings = settings;
    this.board = new TrendBoard(settings, new ScopeKey(List.of()));
    this.decay = new Decay((double) settings.halfLife().toMillis() / Slots.MILLIS);
  }

  /**
   * Result.
   *
   * @param lags seconds from enough viewers until the list, per subject; without subjects that
   *     never were listed
   * @param subjects of the surge
   * @param compared global lists
   * @param equal of them, to a computation from all views
   */
  record Result(List<Double> lags, int subjects, int compared, int equal) {}

  static Result replay(Path data, TrendingSettings settings) {
    HiggsTrends trends = new HiggsTrends(settings);
    Lines.read(
        data.resolve("higgs/higgs-activity_time.txt.gz"),
        line -> {
          String[] fields = line.split(" ", -1);
          trends.see(
              Long.parseLong(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
        });
    trends.endSlot();
    return trends.result();
  }

  private void see(long viewer, long video, long second) {
    int now = Slots.of(second * 1_000);
    while (slot < now) {
      if (slot == 0) {
        slot = now;
      } else {
        endSlot();
        slot++;
      }
    }
    boolean first = isFirst(viewer << 32 | video, second);
    int[] count = waiting.computeIfAbsent(video, unknown -> new int[2]);
    count[0]++;
    count[1] += first ? 1 : 0;
    views.add(new long[] {slot, video, first ? 1 : 0});
    if (second >= SURGE && second < SURGE + HOUR) {
      surge.merge(video, 1, Integer::sum);
    }
    notice(viewer, video, second);
  }

  /** Returns whether a viewer had no counted view of a video in the hour before. */
  private boolean isFirst(long pair, long second) {
    Long before = counted.get(pair);
    if (before != null && second - before < HOUR) {
      return false;
    }
    counted.put(pair, second);
    return true;
  }

  /** Adds a count. Each creator has one video here. */
  private void add(TrendCount count) {
    VideoMetadata metadata = VideoMetadata.of(count.videoId(), "", false);
    board.add(board.video(count.videoId(), metadata), count, slot);
  }

  /** A video may be detected after a number of viewers in five minutes. */
  private void notice(long viewer, long video, long second) {
    if (noticeable.containsKey(video) || !seen.add(viewer << 32 | video)) {
      return;
    }
    Deque<Long> times = latest.computeIfAbsent(video, unknown -> new ArrayDeque<>());
    times.add(second);
    while (times.getFirst() < second - NOTICED_WITHIN) {
      times.removeFirst();
    }
    if (times.size() >= NOTICED_FROM) {
      noticeable.put(video, (int) second);
      latest.remove(video);
    }
  }

  private void endSlot() {
    List<TrendCount> later = new ArrayList<>();
    waiting.forEach(
        (video, count) -> {
          TrendCount all =
              new TrendCount(video, slot, 0, ScopeKey.GLOBAL, count[0], count[0], count[1], 0, 0);
          add(all.withoutViewers());
          if (count[1] > 0) {
            later.add(all.viewersOnly());
          }
        });
    waiting.clear();
    viewersLater.put(slot + TrendCount.VIEWERS_AFTER, later);
    for (TrendCount viewers : viewersLater.getOrDefault(slot, List.of())) {
      add(viewers);
    }
    viewersLater.remove(slot);
    List<Candidate> top = List.of();
    for (ScopeLists lists : board.lists(slot)) {
      for (Candidate candidate : lists.rising()) {
        rising.putIfAbsent(candidate.videoId(), (int) (Slots.end(slot) / 1_000));
      }
      top = lists.top();
    }
    if (slot % COMPARED_EACH == 0 && !top.isEmpty()) {
      compared++;
      equal += top.stream().map(Candidate::videoId).toList().equals(oracle()) ? 1 : 0;
    }
  }

  /** Returns the expected global list: sums over all views, without state. */
  private List<Long> oracle() {
    Map<Long, double[]> sums = new HashMap<>();
    while (slot - views.get(forgotten)[0] > FORGOTTEN_AFTER) {
      forgotten++;
    }
    for (long[] view : views.subList(forgotten, views.size())) {
      double left = decay.factor(slot - (int) view[0]);
      double[] sum = sums.computeIfAbsent(view[1], unknown -> new double[2]);
      sum[0] += left;
      // A viewer counts a minute later.
      int since = slot - (int) view[0] - TrendCount.VIEWERS_AFTER;
      sum[1] += since < 0 ? 0 : view[2] * decay.factor(since);
    }
    double least = settings.spam().minViewers();
    double share = settings.spam().distinctShare();
    return sums.entrySet().stream()
        .filter(e -> e.getValue()[1] >= least && e.getValue()[1] >= share * e.getValue()[0])
        .sorted(
            Comparator.comparingDouble((Map.Entry<Long, double[]> e) -> e.getValue()[0])
                .thenComparingLong(Map.Entry::getKey)
                .reversed())
        .limit(settings.lists().size())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Result result() {
    List<Double> lags = new ArrayList<>();
    int subjects = 0;
    for (Map.Entry<Long, Integer> subject : surge.entrySet()) {
      if (subject.getValue() >= LEAST_OF_A_SUBJECT) {
        Integer since = noticeable.get(subject.getKey());
        Integer listed = rising.get(subject.getKey());
        if (since == null) {
          continue;
        }
        subjects++;
        if (listed != null) {
          lags.add((double) Math.max(0, listed - since));
        }
      }
    }
    return new Result(lags, subjects, compared, equal);
  }
}
