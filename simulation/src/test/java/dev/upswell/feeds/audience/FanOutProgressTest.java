package dev.upswell.feeds.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.simulation.memory.MemoryAudience;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FanOutProgressTest {
  private static final long AT = 1_000;
  private static final FanOut FAN_OUT = new FanOut(FanOut.Kind.PUSH, 9, 77, AT, AT, 0, 2);

  private static void addsUp(DeliveryPart part) {
    assertThat(part.pushed() + part.cold() + part.left() + part.pulled()).isEqualTo(part.planned());
    assertThat(List.of(part.pushed(), part.cold(), part.left(), part.pulled()))
        .allMatch(count -> count >= 0);
  }

  @Test
  void plannedMembersArePushedColdOrLeft() {
    FanOutProgress progress =
        FanOutProgress.begin(FAN_OUT, 10).sent(5).written(3, 5, AT + 20).sent(8).written(2, 3, AT);

    assertThat(progress.after()).isEqualTo(8);
    DeliveryPart part = progress.part();
    assertThat(part.planned()).isEqualTo(10);
    assertThat(part.pushed()).isEqualTo(5);
    assertThat(part.cold()).isEqualTo(3);
    assertThat(part.left()).isEqualTo(2);
    assertThat(part.lags().max()).isEqualTo(20);
    addsUp(part);
  }

  @Test
  void laterMembersCountAsPlanned() {
    DeliveryPart part = FanOutProgress.begin(FAN_OUT, 2).sent(9).written(3, 4, AT).part();

    assertThat(part.planned()).isEqualTo(4);
    assertThat(part.left()).isZero();
    addsUp(part);
  }

  @Test
  void pushesBeforeTheVideoHaveNoLatency() {
    assertThat(FanOutProgress.begin(FAN_OUT, 1).written(1, 1, AT - 500).part().lags().max())
        .isZero();
  }

  @Test
  void missingFeedsHaveNoLatency() {
    assertThat(FanOutProgress.begin(FAN_OUT, 1).written(0, 1, AT + 500).part().lags().max())
        .isZero();
  }

  @Test
  void videosOfPulledCreatorsAreNotPushed() {
    DeliveryPart pulled = DeliveryPart.pulled(FAN_OUT, 4);

    assertThat(pulled.pulled()).isEqualTo(4);
    addsUp(pulled);
    assertThat(pulled.and(pulled).planned()).isEqualTo(8);
  }

  @Test
  void addingPartsModifiesNeither() {
    DeliveryPart one = FanOutProgress.begin(FAN_OUT, 1).written(1, 1, AT + 10).part();
    DeliveryPart other = FanOutProgress.begin(FAN_OUT, 1).written(1, 1, AT + 90).part();

    DeliveryPart both = one.and(other);

    assertThat(both.lags().max()).isEqualTo(90);
    assertThat(both.lags().quantile(0.5)).isBetween(10L, 12L);
    assertThat(one.lags().max()).isEqualTo(10);
    assertThat(other.lags().quantile(0.5)).isEqualTo(90);
  }

  @Property
  void plannedMembersAreAlwaysAccountedFor(
      @ForAll @IntRange(max = 40) int members, @ForAll long seed) {
    Random random = new Random(seed);
    DeliveryPart first = walked(members, random);
    DeliveryPart second = walked(random.nextInt(20), random);
    addsUp(first);
    addsUp(second);
    DeliveryPart all = first.and(second).and(DeliveryPart.pulled(FAN_OUT, random.nextInt(3)));
    addsUp(all);
    assertThat(all.pushed()).isEqualTo(first.pushed() + second.pushed());
  }

  /** A fan-out during which members come and go; one in three has no feed. */
  private static DeliveryPart walked(int members, Random random) {
    Audience audience = new Audience(3);
    AudienceState state = new MemoryAudience();
    TreeSet<Long> given = new TreeSet<>();
    for (long id = 1; id <= members; id++) {
      audience.add(state, id);
    }
    FanOutProgress progress = FanOutProgress.begin(FAN_OUT, Audience.size(state));
    long[] chunk = Audience.next(state, 0);
    while (chunk.length > 0) {
      int found = 0;
      for (long id : chunk) {
        given.add(id);
        found += id % 3 == 0 ? 0 : 1;
      }
      progress = progress.sent(chunk[chunk.length - 1]).written(found, chunk.length, AT + 5);
      audience.add(state, 1 + random.nextInt(60));
      Audience.remove(state, 1 + random.nextInt(60));
      chunk = Audience.next(state, progress.after());
    }
    DeliveryPart part = progress.part();
    assertThat(part.pushed() + part.cold()).isEqualTo(given.size());
    assertThat(part.cold()).isEqualTo(given.stream().filter(id -> id % 3 == 0).count());
    return part;
  }
}
