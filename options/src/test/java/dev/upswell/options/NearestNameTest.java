package dev.upswell.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  @ParameterizedTest
  @CsvSource({
    "entries, entries, 0",
    "entires, entries, 1",
    "entrie, entries, 1",
    "entriess, entries, 1",
    "antries, entries, 1",
    "'', abc, 3",
    "abc, '', 3",
    "kitten, sitting, 3"
  })
  void editsAreInsertDeleteReplaceAndSwap(String from, String to, int slips) {
    assertThat(NearestName.slips(from, to)).isEqualTo(slips);
  }

  @Test
  void nearestNameIsFoundWithinTheLimit() {
    List<String> names = List.of("feed.max-entries", "feed.max-age", "window");
    assertThat(NearestName.of("feed.max-entires", names, 2)).contains("feed.max-entries");
    assertThat(NearestName.of("feed.maxage", names, 2)).contains("feed.max-age");
    assertThat(NearestName.of("brokers", names, 2)).isEmpty();
    assertThat(NearestName.of("x", List.of(), 2)).isEmpty();
  }
}
