package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.CollectedEvents;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackdatedClockTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:34:56Z");
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final long DISORDER = 9_000;

  private final BackdatedClock time = new BackdatedClock(NOW, LENGTH);

  @Test
  void hoursPassFromTheStartOfAnHourWhileARunPasses() {
    long first = time.applyAsLong(NOW.toEpochMilli());
    long last = time.applyAsLong(NOW.plus(LENGTH).toEpochMilli());
    long start = Instant.parse("2026-05-01T04:00:00Z").toEpochMilli();
    assertThat(first).isBetween(start - DISORDER, start);
    assertThat(last).isEqualTo(Instant.parse("2026-05-01T06:45:00Z").toEpochMilli());
  }

  @Test
  void someViewsAreOutOfOrderByLessThanJobsWaitFor() {
    long newest = 0;
    long most = 0;
    for (int i = 0; i < 10_000; i++) {
      long at = time.applyAsLong(NOW.toEpochMilli() + i);
      newest = Math.max(newest, at);
      most = Math.max(most, newest - at);
    }
    assertThat(most).isBetween(5_000L, DISORDER);
  }

  @Test
  void onlyWhatViewersDoIsMovedAndOnlyViewsAreEntered() {
    CollectedEvents events = new CollectedEvents();
    ViewLedger ledger = new ViewLedger();
    CountedViews views = new CountedViews(events, ledger, at -> at - 100);
    views.send(EventType.SESSIONS, Session.newBuilder().setAt(500).build());
    views.send(EventType.VIEWS, View.newBuilder().setViewedAt(500).build());
    views.send(EventType.ENGAGEMENTS, Engagement.newBuilder().setAt(500).build());
    assertThat(events.of(EventType.SESSIONS).get(0).getAt()).isEqualTo(500);
    assertThat(events.of(EventType.VIEWS).get(0).getViewedAt()).isEqualTo(400);
    assertThat(events.of(EventType.ENGAGEMENTS).get(0).getAt()).isEqualTo(400);
    assertThat(ledger.views()).extracting(ViewLedger.Counted::at).containsExactly(400L);
  }
}
