package dev.upswell.benchmarks.trending;

import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.popularity.trending.VideoMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** State size of a video, by its number of scopes. */
final class StateSize {
  private static final int VIDEOS = 1_000;
  private static final int SLOT = 170_000_000;
  private static final int[] REGIONS = {0, 1, 5, 50, 600};
  private static final int LETTERS = 26;

  private StateSize() {}

  static List<Row> rows(TrendingSettings settings) {
    List<Row> rows = new ArrayList<>();
    for (int regions : REGIONS) {
      // The world, and of each region all of it and one device in this part of the day.
      int scopes = 1 + 2 * regions;
      rows.add(
          Row.of(
              "state, watched in %,d scopes".formatted(scopes),
              "bytes/(video, scope)",
              Samples.of(bytes(settings, regions) / ((double) VIDEOS * scopes))));
    }
    return rows;
  }

  private static long bytes(TrendingSettings settings, int regions) {
    ScopeKey origins = new ScopeKey(List.of("ios"));
    TrendBoard board = new TrendBoard(settings, origins);
    for (long video = 1; video <= VIDEOS; video++) {
      for (int region = 0; region < Math.max(1, regions); region++) {
        String name =
            regions == 0
                ? ""
                : "" + (char) ('A' + region / LETTERS) + (char) ('A' + region % LETTERS);
        int origin = origins.of(name, "ios", SLOT);
        board.add(
            board.video(video, VideoMetadata.of(video, "", false)),
            new TrendCount(video, SLOT, 0, origin, 9, 9, 9, 0, 0),
            SLOT);
      }
    }
    AtomicLong bytes = new AtomicLong();
    try {
      board.packChanged(
          (creator, video, packed) -> bytes.addAndGet(packed.map(all -> all.length).orElse(0)));
    } catch (Exception e) {
      throw new IllegalStateException("packing", e);
    }
    return bytes.get();
  }
}
