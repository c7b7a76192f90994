package dev.upswell.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewersTest {
  @Test
  void theCountIsTheSameInWhateverPartsTheViewersCame() {
    Random random = new Random(7);
    byte[] one = Viewers.NOBODY;
    byte[] other = Viewers.NOBODY;
    ViewerSet all = new ViewerSet();
    for (int part = 0; part < 60; part++) {
      ViewerSet set = new ViewerSet();
      for (int i = 0; i < 1 + part * part; i++) {
        long viewer = random.nextInt(40_000);
        set.add(Viewers.hash(viewer));
        all.add(Viewers.hash(viewer));
      }
      one = Viewers.merge(one, set.pack());
      other = Viewers.merge(set.pack(), other);
      assertThat(Viewers.count(one)).isEqualTo(Viewers.count(all.pack()));
      assertThat(Viewers.count(other)).isEqualTo(Viewers.count(one));
    }
    assertThat(one).hasSizeLessThan(1_300);
  }

  @Test
  void fewAreCountedExactlyAndManyWithinThreeStandardErrors() {
    ViewerSet set = new ViewerSet();
    for (int viewer = 1; viewer <= 100_000; viewer++) {
      set.add(Viewers.hash(viewer));
      if (viewer <= 100) {
        assertThat(Viewers.count(set.pack())).isEqualTo(viewer);
      }
    }
    assertThat((double) Viewers.count(set.pack())).isCloseTo(100_000, within(3 * 0.023 * 100_000));
  }

  @Test
  void viewersOfBothAreCountedOnce() {
    ViewerSet some = new ViewerSet();
    some.add(Viewers.hash(1L));
    some.add(Viewers.hash(2L));
    ViewerSet others = new ViewerSet();
    others.add(Viewers.hash(2L));
    assertThat(Viewers.count(some.pack(), others.pack())).isEqualTo(2);
    assertThat(Viewers.count(Viewers.NOBODY, others.pack())).isEqualTo(1);
    assertThat(Viewers.count(Viewers.NOBODY)).isZero();
  }
}
