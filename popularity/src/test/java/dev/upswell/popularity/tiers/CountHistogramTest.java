package dev.upswell.popularity.tiers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CountHistogramTest {
  @Property
  void thresholdIsTheLowestThatTheShareAllows(
      @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 40) Integer> views,
      @ForAll @IntRange(max = 100) int percent) {
    CountHistogram histogram = new CountHistogram();
    views.forEach(count -> histogram.change(count, 1));
    double share = percent / 100.0;
    int from = histogram.from(share);

    long among = views.stream().filter(count -> count >= from).count();
    assertThat((double) among).isLessThanOrEqualTo(share * views.size());
    int next = views.stream().filter(count -> count < from).mapToInt(i -> i).max().orElse(0);
    long withNext = views.stream().filter(count -> count >= next).count();
    if (next > 0) {
      assertThat((double) withNext).isGreaterThan(share * views.size());
    }
  }

  @Property
  void changesOfPartsAddUpToTheTotal(
      @ForAll @Size(max = 100) List<@IntRange(max = 9) Integer> before,
      @ForAll @Size(max = 100) List<@IntRange(max = 9) Integer> after) {
    CountHistogram whole = new CountHistogram();
    CountHistogram sum = new CountHistogram();
    for (int video = 0; video < Math.min(before.size(), after.size()); video++) {
      CountHistogram part = new CountHistogram();
      part.move(0, before.get(video));
      part.move(before.get(video), after.get(video));
      sum.add(part.toInts());
      whole.move(0, after.get(video));
    }
    assertThat(sum.toInts()).isEqualTo(whole.toInts());
    assertThat(sum.size()).isEqualTo(whole.size());
  }

  @Test
  void emptyHistogramsHaveNoMostViewedVideos() {
    assertThat(new CountHistogram().from(0.5)).isEqualTo(Integer.MAX_VALUE);
  }
}
