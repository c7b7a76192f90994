package dev.upswell.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.datasketches.hll.HllSketch;
import org.junit.jupiter.api.Test;

class ViewersTest {
  @Test
  void theCountIsTheSameInWhateverPartsTheViewersCame() {
    Random random = new Random(7);
    byte[] one = Viewers.NOBODY;
    byte[] other = Viewers.NOBODY;
    HllSketch all = Viewers.sketch();
    for (int part = 0; part < 60; part++) {
      HllSketch sketch = Viewers.sketch();
      for (int i = 0; i < 1 + part * part; i++) {
        long viewer = random.nextInt(40_000);
        sketch.update(viewer);
        all.update(viewer);
      }
      one = Viewers.merge(one, Viewers.pack(sketch));
      other = Viewers.merge(Viewers.pack(sketch), other);
      assertThat(Viewers.count(one)).isEqualTo(Viewers.count(Viewers.pack(all)));
      assertThat(Viewers.count(other)).isEqualTo(Viewers.count(one));
    }
    assertThat(one).hasSizeLessThan(1_300);
  }

  @Test
  void fewAreCountedExactlyAndManyWithinThreeStandardErrors() {
    HllSketch sketch = Viewers.sketch();
    for (int viewer = 1; viewer <= 100_000; viewer++) {
      sketch.update((long) viewer);
      if (viewer <= 100) {
        assertThat(Viewers.count(Viewers.pack(sketch))).isEqualTo(viewer);
      }
    }
    assertThat((double) Viewers.count(Viewers.pack(sketch)))
        .isCloseTo(100_000, within(3 * 0.023 * 100_000));
  }

  @Test
  void viewersOfBothAreCountedOnce() {
    HllSketch some = Viewers.sketch();
    some.update(1L);
    some.update(2L);
    HllSketch others = Viewers.sketch();
    others.update(2L);
    assertThat(Viewers.count(Viewers.pack(some), Viewers.pack(others))).isEqualTo(2);
    assertThat(Viewers.count(Viewers.NOBODY, Viewers.pack(others))).isEqualTo(1);
    assertThat(Viewers.count(Viewers.NOBODY)).isZero();
  }
}
