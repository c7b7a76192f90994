package dev.upswell.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "1h, PT1H",
    "30 min, PT30M",
    "30m, PT30M",
    "500ms, PT0.5S",
    "0s, PT0S",
    "90s, PT1M30S",
    "7d, PT168H",
    "1h 30min, PT1H30M",
    "1h30min, PT1H30M",
    "2 H, PT2H",
    "PT1H30M, PT1H30M",
    "pt0.25s, PT0.25S",
    "P1D, PT24H"
  })
  void commonDurationFormsAreParsed(String text, Duration duration) {
    assertThat(DurationText.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "h",
        "1x",
        "1 h x",
        "1,5h",
        "-1h",
        "1h-",
        "one hour",
        "P",
        "1w",
        "99999999999999999d",
        "9999999999999999999s"
      })
  void invalidDurationsAreRejected(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Test
  void printedDurationsAreParsedEqually() {
    for (String text : new String[] {"0s", "1ms", "1h", "1d 2h 3min 4s 5ms", "30min", "400d"}) {
      Duration duration = DurationText.parse(text).orElseThrow();
      assertThat(DurationText.print(duration)).isEqualTo(text);
    }
    Duration fine = Duration.ofNanos(1_500);
    assertThat(DurationText.parse(DurationText.print(fine))).contains(fine);
  }
}
