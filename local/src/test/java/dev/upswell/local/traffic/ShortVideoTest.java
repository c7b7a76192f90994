package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortVideoTest {
  @Test
  void topPercentOfVideosHasTheMeasuredShareOfExposures() {
    SplittableRandom random = new SplittableRandom(1);
    double[] drawn = new double[1_000_000];
    Arrays.setAll(drawn, i -> ShortVideo.EXPOSURES_PER_VIDEO.at(random.nextDouble()));
    Arrays.sort(drawn);
    double top = Arrays.stream(drawn, drawn.length - drawn.length / 100, drawn.length).sum();
    assertThat(top / Arrays.stream(drawn).sum()).isCloseTo(0.441, within(0.03));
    assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(10.06, within(0.3));
  }

  @Test
  void halfOfTheUsersSeeFewerVideosThanTheMeasuredMedian() {
    assertThat(ShortVideo.EXPOSURES_PER_USER.at(0.5)).isCloseTo(8_594, within(0.1));
    assertThat(ShortVideo.EXPOSURES_PER_USER.at(0)).isCloseTo(100, within(0.001));
    assertThat(ShortVideo.EXPOSURES_PER_USER.at(1)).isCloseTo(228_000, within(0.1));
  }

  @Test
  void peakHourIsEightAndAHalfTimesTheQuietestOne() {
    double[] hours =
        IntStream.range(0, 24).mapToDouble(h -> ShortVideo.busyness(h + 0.5)).toArray();
    assertThat(Arrays.stream(hours).average().orElseThrow()).isCloseTo(1, within(0.001));
    double busiest = Arrays.stream(hours).max().orElseThrow();
    double quietest = Arrays.stream(hours).min().orElseThrow();
    assertThat(busiest).isEqualTo(hours[21]);
    assertThat(busiest / quietest).isCloseTo(8.5, within(0.05));
  }

  @Test
  void busynessIsSteadyOverMidnight() {
    assertThat(ShortVideo.busyness(24)).isEqualTo(ShortVideo.busyness(0));
    assertThat(ShortVideo.busyness(23.999)).isCloseTo(ShortVideo.busyness(0.001), within(0.01));
  }
}
