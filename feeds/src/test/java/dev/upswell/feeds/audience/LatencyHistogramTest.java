package dev.upswell.feeds.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private static LatencyHistogram of(List<Long> millis) {
    LatencyHistogram lags = new LatencyHistogram();
    millis.forEach(each -> lags.add(each, 1));
    return lags;
  }

  /** Up to four days, the short ones as often as the long. */
  @Provide
  Arbitrary<List<Long>> lags() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(1, 30),
            Arbitraries.longs().between(1, 5_000),
            Arbitraries.longs().between(1, 4 * 86_400_000L))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property
  void quantilesAreAtMostTwentyPercentTooHigh(
      @ForAll("lags") List<Long> millis, @ForAll @DoubleRange(max = 1) double share) {
    List<Long> sorted = millis.stream().sorted().toList();
    int rank = Math.max(1, (int) Math.ceil(share * sorted.size()));
    long exact = sorted.get(rank - 1);

    long quantile = of(millis).quantile(share);

    assertThat(quantile).isGreaterThanOrEqualTo(exact);
    assertThat((double) quantile).isLessThanOrEqualTo(exact * 1.2 + 1e-6);
  }

  @Property
  void highestQuantileIsTheHighestLatency(@ForAll("lags") List<Long> millis) {
    LatencyHistogram lags = of(millis);

    assertThat(lags.max()).isEqualTo(millis.stream().max(Long::compare).orElseThrow());
    assertThat(lags.quantile(1)).isEqualTo(lags.max());
  }

  @Property
  void sumEqualsOneHistogramOfAllPushes(
      @ForAll("lags") List<Long> one, @ForAll("lags") List<Long> other) {
    LatencyHistogram together = of(one);
    together.add(of(other));
    LatencyHistogram all = of(one);
    other.forEach(each -> all.add(each, 1));

    assertThat(together.toLongs()).isEqualTo(all.toLongs());
  }

  @Property
  void histogramSurvivesEncodingAndDecoding(@ForAll("lags") List<Long> millis) {
    LatencyHistogram back = LatencyHistogram.fromLongs(of(millis).toLongs());

    assertThat(back.toLongs()).isEqualTo(of(millis).toLongs());
    assertThat(back.max()).isEqualTo(of(millis).max());
    assertThat(back.quantile(0.5)).isEqualTo(of(millis).quantile(0.5));
  }

  @Test
  void latencyIsZeroWithoutPushes() {
    LatencyHistogram lags = new LatencyHistogram();
    lags.add(7_000, 0);

    assertThat(lags.max()).isZero();
    assertThat(lags.quantile(0.5)).isZero();
    assertThat(lags.toLongs()).containsExactly(0);
  }

  @Test
  void zeroAndNegativeLatenciesCountAsZero() {
    LatencyHistogram lags = new LatencyHistogram();
    lags.add(0, 3);
    lags.add(-9, 4);

    assertThat(lags.quantile(0.99)).isZero();
    assertThat(lags.max()).isZero();
    assertThat(lags.toLongs()).containsExactly(0, 0, 7);
  }

  @Test
  void latenciesAboveTheLastClassCountInIt() {
    LatencyHistogram lags = new LatencyHistogram();
    lags.add(Long.MAX_VALUE, 1);

    assertThat(lags.max()).isEqualTo(Long.MAX_VALUE);
    assertThat(lags.quantile(0.5)).isBetween(4 * 86_400_000L, 6 * 86_400_000L);
    assertThat(LatencyHistogram.fromLongs(lags.toLongs()).max()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void quantilesAreWeightedByPushes() {
    LatencyHistogram lags = new LatencyHistogram();
    lags.add(10, 99);
    lags.add(5_000, 1);

    assertThat(lags.quantile(0.99)).isBetween(10L, 12L);
    assertThat(lags.quantile(1)).isEqualTo(5_000);
  }
}
