package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Hash64Test {
  /** The values were computed outside this project, by the same formulas. */
  @Test
  void resultsEqualThoseOfStoredFingerprints() {
    assertThat(Hash64.spread(1)).isEqualTo(0x9E37_79B9_7F4A_7C15L);
    assertThat(Hash64.spread(1_000_001)).isEqualTo(0x9B56_3047_CB21_EB55L);
    assertThat(Hash64.mix(1)).isEqualTo(0xB456_BCFC_34C2_CB2CL);
    assertThat(Hash64.mix(Long.MIN_VALUE | 5)).isEqualTo(0x40B9_9234_2B68_82C6L);
    assertThat(Hash64.append(1, 42)).isEqualTo(0x11D9_8DD2_B04E_9CE2L);
    assertThat(Hash64.append(Hash64.append(1, 42), 43)).isEqualTo(0x8D43_2D2C_4EA4_03B0L);
    byte[] text = "3w5e11264sgsf".getBytes(UTF_8);
    assertThat(Hash64.of(text, 0, text.length)).isEqualTo(0x1743_ACF4_07A1_B023L);
  }
}
