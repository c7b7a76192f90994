package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.View;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HourComparisonTest {
  private final ViewLedger ledger = new ViewLedger();

  @BeforeEach
  void watch() {
    for (int viewer = 1; viewer <= 100; viewer++) {
      ledger.add(View.newBuilder().setVideoId(7).setViewerId(viewer).setWatchMs(10).build());
    }
  }

  private static HourlyViews record(int views, int viewers, long hour) {
    return HourlyViews.newBuilder()
        .setVideoId(7)
        .setHourStart(Timestamps.fromMillis(hour * ViewLedger.HOUR))
        .setViews(views)
        .setDistinctViewers(viewers)
        .setWatchMs(10L * views)
        .build();
  }

  private String report(HourlyViews... records) {
    return new HourComparison(ledger.hours(70), 3, video -> 0).compare(List.of(records)).report();
  }

  @Test
  void oneRecordForEachVideoAndHourIsOk() {
    assertThat(report(record(100, 99, 0)))
        .isEqualTo(
            "ok views: 1 (video, hour) records of 1 hours with 100 views equal the ledger;"
                + " 3 views were sent twice");
  }

  @Test
  void oneViewMoreOrLessIsFound() {
    assertThat(report(record(101, 100, 0))).startsWith("FAILED").contains("101 views, 1010 ms");
    assertThat(report(record(99, 99, 0))).startsWith("FAILED").contains("expected: 100 views");
  }

  @Test
  void viewersMayBeEstimated() {
    assertThat(report(record(100, 88, 0))).startsWith("ok");
    assertThat(report(record(100, 87, 0))).startsWith("FAILED").contains("87 viewers");
  }

  @Test
  void missingDuplicateAndOpenHoursAreReported() {
    assertThat(report()).startsWith("FAILED").contains("missing: Hour[videoId=7, hour=0]");
    assertThat(report(record(100, 100, 0), record(100, 100, 0)))
        .startsWith("FAILED")
        .contains("more than once: Hour[videoId=7, hour=0]");
    assertThat(report(record(100, 100, 0), record(1, 1, 1)))
        .startsWith("FAILED")
        .contains("unexpected: Hour[videoId=7, hour=1]");
  }

  @Test
  void withoutAnHourNothingIsProved() {
    assertThat(new HourComparison(ledger.hours(69), 0, video -> 0).compare(List.of()).ok())
        .isFalse();
  }
}
