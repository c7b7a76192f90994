package dev.upswell.popularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewerCountsTest {
  @Test
  void countDoesNotDependOnThePartitioningOfViewers() {
    Random random = new Random(7);
    byte[] one = ViewerCounts.NO_VIEWERS;
    byte[] other = ViewerCounts.NO_VIEWERS;
    ViewerSet all = new ViewerSet();
    for (int part = 0; part < 60; part++) {
      ViewerSet set = new ViewerSet();
      for (int i = 0; i < 1 + part * part; i++) {
        long viewer = random.nextInt(40_000);
        set.add(ViewerCounts.hash(viewer));
        all.add(ViewerCounts.hash(viewer));
      }
      one = ViewerCounts.merge(one, set.pack());
      other = ViewerCounts.merge(set.pack(), other);
      assertThat(ViewerCounts.count(one)).isEqualTo(ViewerCounts.count(all.pack()));
      assertThat(ViewerCounts.count(other)).isEqualTo(ViewerCounts.count(one));
    }
    assertThat(one).hasSizeLessThan(1_300);
  }

  @Test
  void fewViewersAreExactAndManyWithinThreeStandardErrors() {
    ViewerSet set = new ViewerSet();
    for (int viewer = 1; viewer <= 100_000; viewer++) {
      set.add(ViewerCounts.hash(viewer));
      if (viewer <= 100) {
        assertThat(ViewerCounts.count(set.pack())).isEqualTo(viewer);
      }
    }
    assertThat((double) ViewerCounts.count(set.pack()))
        .isCloseTo(100_000, within(3 * 0.023 * 100_000));
  }

  @Test
  void viewersOfBothSetsCountOnce() {
    ViewerSet some = new ViewerSet();
    some.add(ViewerCounts.hash(1L));
    some.add(ViewerCounts.hash(2L));
    ViewerSet others = new ViewerSet();
    others.add(ViewerCounts.hash(2L));
    assertThat(ViewerCounts.count(ViewerCounts.merge(some.pack(), others.pack()))).isEqualTo(2);
    assertThat(ViewerCounts.count(ViewerCounts.merge(ViewerCounts.NO_VIEWERS, others.pack())))
        .isEqualTo(1);
    assertThat(ViewerCounts.count(ViewerCounts.NO_VIEWERS)).isZero();
  }
}
