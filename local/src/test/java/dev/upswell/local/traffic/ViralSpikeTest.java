package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ViralSpikeTest {
  @Test
  void shareGrowsTenfoldStaysAndFalls() {
    assertThat(ViralSpike.share(0)).isEqualTo(0.05, within(1e-9));
    assertThat(ViralSpike.share(1.0 / 6)).isBetween(0.15, 0.16);
    assertThat(ViralSpike.share(1.0 / 3)).isEqualTo(0.5, within(1e-9));
    assertThat(ViralSpike.share(0.5)).isEqualTo(0.5, within(1e-9));
    assertThat(ViralSpike.share(5.0 / 6)).isEqualTo(0.05, within(1e-9));
    assertThat(ViralSpike.share(0.999)).isLessThan(0.02);
  }
}
