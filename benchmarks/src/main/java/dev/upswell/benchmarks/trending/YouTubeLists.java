package dev.upswell.benchmarks.trending;

import dev.upswell.benchmarks.data.Lines;
import dev.upswell.popularity.trending.Candidate;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.SpamRules;
import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.TrendScore;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.popularity.trending.VideoMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * YouTube's own trending list of 200 videos in the United States on 40 days of 2017, with the
 * counters of each video (Kaggle, "Trending YouTube Video Statistics"). From the counters until a
 * day, 50 videos are selected. Correct ones are in YouTube's list of the next day.
 */
final class YouTubeLists {
  private static final int NAMED = 50;
  private static final int FIRST_JUDGED = 3;
  private static final int DAY = 24 * Slots.PER_HOUR;

  /** Columns, counted from the end, because titles and tags have commas. */
  private static final int FROM_DATE = 1;

  private static final int FROM_COMMENTS = 3;
  private static final int FROM_LIKES = 5;
  private static final int FROM_VIEWS = 6;
  private static final int VIDEO_ID = 0;

  /** By day: counters of each video. */
  private final TreeMap<String, Map<String, int[]>> days = new TreeMap<>();

  private YouTubeLists() {}

  /** Reads them. */
  static YouTubeLists read(Path data) {
    YouTubeLists lists = new YouTubeLists();
    Lines.read(
        data.resolve("trending/USvideos.csv.gz"),
        line -> {
          String[] fields = line.split(",", -1);
          String date = fields[fields.length - FROM_DATE];
          if (date.matches("\\d\\d\\.\\d\\d")) {
            // Day and month, swapped so that they sort by date.
            String day = date.substring(3) + date.substring(0, 2);
            lists
                .days
                .computeIfAbsent(day, unknown -> new HashMap<>())
                .put(
                    fields[VIDEO_ID],
                    new int[] {
                      number(fields, FROM_VIEWS),
                      number(fields, FROM_LIKES),
                      number(fields, FROM_COMMENTS)
                    });
          }
        });
    return lists;
  }

  private static int number(String[] fields, int fromEnd) {
    return Integer.parseInt(fields[fields.length - fromEnd]);
  }

  int size() {
    return days.size();
  }

  /** Returns the precision of the most viewed videos of each day's list. */
  double popularity() {
    return precision(
        (day, index) ->
            day.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> -e.getValue()[0]))
                .limit(NAMED)
                .map(Map.Entry::getKey)
                .toList());
  }

  /** Returns the precision of the videos with the best scores. */
  double ours(TrendingSettings base, TrendScore score) {
    TrendingSettings settings =
        new TrendingSettings(
                Duration.ofDays(1),
                Duration.ofDays(7),
                Duration.ofHours(6),
                base.floor(),
                Double.NEGATIVE_INFINITY,
                score,
                base.spam(),
                TrendWeights.DEFAULTS,
                base.lists())
            .with(new DiversityRules(NAMED, NAMED, NAMED))
            .with(new SpamRules(1e-3, 0, SpamRules.DEFAULTS.maxEngagementPerView()));
    TrendBoard board = new TrendBoard(settings, new ScopeKey(List.of()));
    Map<String, int[]> before = new HashMap<>();
    Map<Long, String> names = new HashMap<>();
    return precision(
        (day, index) -> {
          int slot = index * DAY;
          day.forEach(
              (video, counters) -> {
                long id = 1 + (video.hashCode() & 0xFFFF_FFFFL);
                names.put(id, video);
                board.add(
                    board.video(id, VideoMetadata.of(id, "", false)),
                    count(id, slot, before.getOrDefault(video, new int[3]), counters),
                    slot);
                before.put(video, counters);
              });
          List<String> named = new ArrayList<>();
          for (ScopeLists lists : board.lists(slot)) {
            for (Candidate candidate : lists.rising()) {
              named.add(names.getOrDefault(candidate.videoId(), ""));
            }
          }
          return named;
        });
  }

  /** Returns the increments of a day. A counter has no distinct viewers. */
  private static TrendCount count(long id, int slot, int[] before, int[] counters) {
    TrendWeights weights = TrendWeights.DEFAULTS;
    int views = Math.max(0, counters[0] - before[0]);
    int liked =
        weights.like() * Math.max(0, counters[1] - before[1])
            + weights.comment() * Math.max(0, counters[2] - before[2]);
    return new TrendCount(id, slot, 0, ScopeKey.GLOBAL, views, views, views, liked, 0);
  }

  @FunctionalInterface
  private interface Naming {
    List<String> name(Map<String, int[]> day, int index);
  }

  private double precision(Naming naming) {
    List<Map<String, int[]>> all = new ArrayList<>(days.values());
    int right = 0;
    int named = 0;
    for (int day = 0; day + 1 < all.size(); day++) {
      Set<String> next = new HashSet<>(all.get(day + 1).keySet());
      List<String> names = naming.name(all.get(day), day);
      if (day >= FIRST_JUDGED) {
        named += NAMED;
        right += (int) names.stream().filter(next::contains).count();
      }
    }
    return (double) right / named;
  }
}
