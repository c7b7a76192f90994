package dev.upswell.local.check;

import static dev.upswell.local.check.ViewLedger.HOUR;
import static dev.upswell.local.check.ViewLedger.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.View;
import dev.upswell.local.check.ViewLedger.Hour;
import dev.upswell.local.check.ViewLedger.Totals;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewLedgerTest {
  private final ViewLedger ledger = new ViewLedger();

  private static View view(String id, long viewer, long at) {
    return View.newBuilder()
        .setVideoId(7)
        .setViewerId(viewer)
        .setViewedAt(at)
        .setWatchMs(1_000)
        .setEventId(id)
        .build();
  }

  @Test
  void hourIsFinalTenMinutesAfterItsEnd() {
    ledger.add(view("a", 1, 0));
    ledger.add(view("b", 2, HOUR - 1));
    ledger.add(view("c", 1, HOUR - 1));
    ledger.add(view("d", 1, HOUR));
    assertThat(ledger.hours(69)).isEmpty();
    Map<Hour, Totals> hours = ledger.hours(70);
    assertThat(hours).containsOnlyKeys(new Hour(7, 0));
    Totals totals = hours.get(new Hour(7, 0));
    assertThat(totals.views).isEqualTo(3);
    assertThat(totals.watchMs).isEqualTo(3_000);
    assertThat(totals.viewers).containsExactly(1L, 2L);
    assertThat(ledger.last()).isEqualTo(HOUR);
  }

  @Test
  void viewsOfAFinalHourAreLate() {
    ledger.addLate(view("in-time", 1, HOUR - 1), 69);
    ledger.addLate(view("late", 1, HOUR - 1), 70);
    assertThat(ledger.hours(130).get(new Hour(7, 0)).views).isEqualTo(1);
    assertThat(ledger.droppedLate()).containsExactly("late");
    assertThat(ledger.views()).extracting(ViewLedger.Counted::from).containsExactly(69L, 70L);
  }

  @Test
  void lateViewsAreOfEachKindAsFarAsThereIsTimeForIt() {
    ledger.add(view("a", 1, 100 * HOUR));
    for (long minute : new long[] {101 * 60 + 5, 101 * 60 + 30}) {
      ViewLedger with = new ViewLedger();
      LateViews.of(ledger.views(), minute).forEach(late -> with.addLate(late, minute));
      long inTime = with.views().stream().filter(ViewLedger.Counted::inHour).count();
      long onlyRolling =
          with.views().stream()
              .filter(late -> !late.inHour() && late.minute() > minute - 60)
              .count();
      assertThat(inTime).isEqualTo(100);
      assertThat(onlyRolling).isEqualTo(minute % 60 == 5 ? 0 : 100);
      assertThat(with.droppedLate()).hasSize(100 + (int) onlyRolling);
      assertThat(with.views()).allMatch(late -> late.at() < minute * MINUTE);
    }
  }
}
