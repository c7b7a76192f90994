package dev.upswell.popularity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MinutesTest {
  private static final long LATEST = 2_147_483_647L * 60_000 + 59_999;

  @Test
  void minutesAndHoursStartAtTheirBoundaries() {
    assertThat(Minutes.of(0)).isZero();
    assertThat(Minutes.of(59_999)).isZero();
    assertThat(Minutes.of(60_000)).isEqualTo(1);
    assertThat(Minutes.of(-1)).isEqualTo(-1);
    assertThat(Minutes.hourOf(59)).isZero();
    assertThat(Minutes.hourOf(60)).isEqualTo(1);
    assertThat(Minutes.hourOf(-1)).isEqualTo(-1);
    assertThat(Minutes.of(LATEST)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void lastMillisecondClosesTheMinute() {
    assertThat(Minutes.closedBy(59_998)).isEqualTo(-1);
    assertThat(Minutes.closedBy(59_999)).isZero();
    assertThat(Minutes.closedBy(119_998)).isZero();
    assertThat(Minutes.closedBy(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @Property
  void endOfAMinuteBelongsToItAndClosesIt(@ForAll @LongRange(min = 0, max = LATEST) long millis) {
    int minute = Minutes.of(millis);
    assertThat(Minutes.of(Minutes.end(minute))).isEqualTo(minute);
    assertThat(Minutes.end(minute)).isBetween(millis, millis + Minutes.MILLIS - 1);
    assertThat(Minutes.closedBy(Minutes.end(minute))).isEqualTo(minute);
    assertThat(Minutes.closedBy(Minutes.end(minute) - 1)).isEqualTo(minute - 1);
  }
}
