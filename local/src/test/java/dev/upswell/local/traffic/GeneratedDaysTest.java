package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.CollectedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedDaysTest {
  private static final long BEGIN = Instant.parse("2026-05-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int USERS = 50;

  private static CollectedEvents days(int days, long seed) {
    CollectedEvents events = new CollectedEvents();
    GeneratedDays generated = new GeneratedDays(USERS, 10, seed, BEGIN, events);
    for (int day = 1; day <= days; day++) {
      generated.playUntilEndOf(day);
    }
    return events;
  }

  @Test
  void sameSeedGeneratesTheSameDays() {
    assertThat(days(1, 3).all()).isEqualTo(days(1, 3).all());
    assertThat(days(1, 4).all()).isNotEqualTo(days(1, 3).all());
  }

  @Test
  void usersWatchAsMuchADayAsRealOnesAndMoreInTheEveningThanAtNight() {
    List<Long> views = days(2, 1).of(EventType.VIEWS).stream().map(View::getViewedAt).toList();

    assertThat(views).isSorted();
    assertThat(views.get(views.size() - 1)).isBetween(BEGIN + 47 * HOUR, BEGIN + 48 * HOUR);
    assertThat(views.size() / 2.0 / USERS).isBetween(360.0, 400.0);
    assertThat(inHour(views, 21)).isGreaterThan(4 * inHour(views, 3));
  }

  private static long inHour(List<Long> times, int hour) {
    return times.stream().filter(at -> (at - BEGIN) / HOUR % 24 == hour).count();
  }
}
