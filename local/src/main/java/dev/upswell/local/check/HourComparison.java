package dev.upswell.local.check;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.local.check.ViewLedger.Hour;
import dev.upswell.local.check.ViewLedger.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** Compares final views of videos and hours with those of the ledger. */
final class HourComparison {
  private static final int SHOWN = 5;

  /** Five standard errors of the estimate of different viewers, which is exact for a few. */
  private static final double ESTIMATE = 0.12;

  private final Map<Hour, Totals> expected;
  private final long repeated;
  private final LongUnaryOperator creatorOf;

  /**
   * Expects exactly these hours.
   *
   * @param repeated duplicate views, which count once
   * @param creatorOf creator of a video by its publication, whatever views say
   */
  HourComparison(Map<Hour, Totals> expected, long repeated, LongUnaryOperator creatorOf) {
    this.expected = expected;
    this.repeated = repeated;
    this.creatorOf = creatorOf;
  }

  /** Compares records, of which there must be one for each video and hour. */
  Outcome compare(List<HourlyViews> records) {
    List<String> differences = new ArrayList<>();
    Map<Hour, HourlyViews> found = new HashMap<>();
    long views = 0;
    for (HourlyViews record : records) {
      Hour hour =
          new Hour(
              record.getVideoId(), Timestamps.toMillis(record.getHourStart()) / ViewLedger.HOUR);
      if (found.put(hour, record) != null) {
        differences.add("more than once: " + hour);
      } else if (!expected.containsKey(hour)) {
        differences.add("unexpected: " + hour + " with " + record.getViews() + " views");
      }
      views += record.getViews();
    }
    expected.forEach((hour, totals) -> compare(hour, found, totals, differences));
    if (expected.isEmpty()) {
      differences.add("no hour is final: nothing was compared");
    }
    long hours = found.keySet().stream().mapToLong(Hour::hour).distinct().count();
    String text =
        differences.isEmpty()
            ? "%,d (video, hour) records of %,d hours with %,d views equal the ledger; %,d views were sent twice"
                .formatted(records.size(), hours, views, repeated)
            : "%,d (video, hour) records, %,d in the ledger, %,d differences"
                .formatted(records.size(), expected.size(), differences.size());
    return new Outcome("views", text, differences.stream().limit(SHOWN).toList());
  }

  private void compare(
      Hour hour, Map<Hour, HourlyViews> found, Totals totals, List<String> differences) {
    HourlyViews record = found.get(hour);
    int viewers = totals.viewers.size();
    if (record == null) {
      differences.add("missing: " + hour + " with " + totals.views + " views");
    } else if (record.getViews() != totals.views || record.getWatchMs() != totals.watchMs) {
      differences.add(
          "%s: %d views, %d ms (expected: %d views, %d ms)"
              .formatted(
                  hour, record.getViews(), record.getWatchMs(), totals.views, totals.watchMs));
    } else if (record.getCreatorId() != creatorOf.applyAsLong(hour.videoId())) {
      differences.add(
          "%s: creator %d (expected: %d)"
              .formatted(hour, record.getCreatorId(), creatorOf.applyAsLong(hour.videoId())));
    } else if (Math.abs(record.getDistinctViewers() - viewers) > Math.ceil(ESTIMATE * viewers)) {
      differences.add(
          "%s: %d viewers (expected: about %d)"
              .formatted(hour, record.getDistinctViewers(), viewers));
    }
  }
}
