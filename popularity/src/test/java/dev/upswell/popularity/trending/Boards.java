package dev.upswell.popularity.trending;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Histories for tests, and boards that live through them. */
final class Boards {
  static final ScopeKey ORIGINS = new ScopeKey(List.of("android", "ios"));
  static final int T0 = Slots.of(1_700_000_000_000L);
  static final TrendingSettings FEW =
      TrendingSettings.defaults()
          .with(new SpamRules(2, 0.2, 13))
          .with(new DiversityRules(10, 3, 5))
          .with(TrendScore.DEVIATIONS, 0.5);

  private Boards() {}

  static TrendBoard board(TrendingSettings settings) {
    return new TrendBoard(settings, ORIGINS);
  }

  /** A third of the videos has no category. */
  static VideoMetadata metadata(long creatorId, long videoId) {
    return VideoMetadata.of(
        creatorId, videoId % 3 == 0 ? "" : "c" + videoId % 3, videoId % 17 == 0);
  }

  /** A count of a video of a creator. */
  record Event(long creatorId, TrendCount count) {
    void addTo(TrendBoard board, int slot) {
      long videoId = count.videoId();
      board.add(board.video(videoId, metadata(creatorId, videoId)), count, slot);
    }
  }

  static TrendCount views(long video, int slot, String region, int views) {
    return new TrendCount(
        video, slot, 0, ORIGINS.of(region, "ios", slot), views, views, views, 0, 0);
  }

  static TrendCount engagement(long video, int slot, int engagement, int reports) {
    return new TrendCount(video, slot, 0, ScopeKey.GLOBAL, 0, 0, 0, engagement, reports);
  }

  /** Returns events by slot, with few different numbers, so that many scores are equal. */
  static List<List<Event>> history(long seed) {
    Random random = new Random(seed);
    int creators = 1 + random.nextInt(12);
    int slots = 5 + random.nextInt(60);
    List<List<Event>> history = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      int slot = T0 + i;
      List<Event> now = new ArrayList<>();
      for (int n = random.nextInt(25); n > 0; n--) {
        long creator = 1L + random.nextInt(creators);
        long video = creator * 100L + random.nextInt(8);
        int views = 1 + random.nextInt(3);
        int kind = random.nextInt(8);
        String region = List.of("BR", "US", "").get(random.nextInt(3));
        int origin = ORIGINS.of(region, random.nextBoolean() ? "ios" : "tv", slot);
        TrendCount count =
            kind == 0
                ? new TrendCount(
                    video, slot, random.nextInt(3), 0, 0, 0, 0, 3 * random.nextInt(4) - 3, 0)
                : kind == 1
                    ? engagement(video, slot, 0, 2)
                    : new TrendCount(video, slot, 0, origin, 2 * views, views, views - 1, 0, 0);
        now.add(new Event(creator, count));
      }
      history.add(now);
    }
    return history;
  }

  static Map<String, ScopeLists> byScope(Collection<ScopeLists> lists) {
    Map<String, ScopeLists> found = new HashMap<>();
    lists.forEach(list -> found.put(list.scope(), list));
    return found;
  }
}
