package dev.upswell.popularity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RollingHourTest {
  private static final int T0 = 29_000_000;

  /** Views in some minute, or time that passes. */
  record Step(int minute, int views) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 200), Arbitraries.integers().between(1, 50))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void sumCoversSixtyMinutesInAnyOrderOfViews(@ForAll("steps") List<Step> steps) {
    RollingHour hour = new RollingHour();
    TreeMap<Integer, Integer> plain = new TreeMap<>();
    for (Step step : steps) {
      hour.add(T0 + step.minute(), step.views());
      plain.merge(T0 + step.minute(), step.views(), Integer::sum);
    }
    for (int minute = T0; minute < T0 + 262; minute++) {
      int expected =
          plain.subMap(minute - 59, true, minute, true).values().stream().mapToInt(i -> i).sum();
      assertThat(hour.sum(minute)).as("sum at %d", minute - T0).isEqualTo(expected);
    }
  }

  @Property
  void sumsChangeOnlyAtTheNextChangeAndNotByRemoval(@ForAll("steps") List<Step> steps) {
    RollingHour hour = new RollingHour();
    steps.forEach(step -> hour.add(T0 + step.minute(), step.views()));
    for (int minute = T0; minute < T0 + 262; minute++) {
      int sum = hour.sum(minute);
      hour.evict(minute);
      assertThat(hour.sum(minute)).isEqualTo(sum);
      int next = Math.min(hour.nextChange(minute), T0 + 400);
      for (int quiet = minute + 1; quiet < next; quiet++) {
        assertThat(hour.sum(quiet)).as("%d after %d", quiet - T0, minute - T0).isEqualTo(sum);
      }
      assertThat(next).isGreaterThan(minute);
    }
    assertThat(hour.isEmpty()).isTrue();
  }

  @Property
  void packingPreservesTheHour(@ForAll("steps") List<Step> steps) {
    RollingHour hour = new RollingHour();
    steps.forEach(step -> hour.add(T0 + step.minute(), step.views()));
    PackedBytes out = new PackedBytes();
    hour.writeTo(out);
    PackedBytes in = new PackedBytes();
    in.wrap(out.toBytes());
    RollingHour read = new RollingHour();
    read.add(1, 1);
    read.readFrom(in);
    for (int minute = T0; minute < T0 + 262; minute += 7) {
      assertThat(read.sum(minute)).isEqualTo(hour.sum(minute));
    }
  }

  @Test
  void overflowingSumsStayAtTheMaximum() {
    RollingHour hour = new RollingHour();
    hour.add(T0, Integer.MAX_VALUE);
    hour.add(T0, 5);
    hour.add(T0 + 1, 5);
    assertThat(hour.sum(T0 + 1)).isEqualTo(Integer.MAX_VALUE);
  }
}
