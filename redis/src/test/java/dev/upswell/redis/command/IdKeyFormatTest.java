package dev.upswell.redis.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdKeyFormatTest {
  private static final IdKeyFormat FEED = new IdKeyFormat("feed:{", "}");

  @ParameterizedTest
  @ValueSource(longs = {1, 9, 10, 99, 100, 1_234_567_890L, Long.MAX_VALUE})
  void keyIsTheIdBetweenPrefixAndSuffix(long id) {
    assertThat(FEED.of(id)).asString(US_ASCII).isEqualTo("feed:{" + id + "}");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 1_234_567_890L, Long.MAX_VALUE})
  void argumentsStartWithTheKeyLength(long id) {
    byte[] argument = new byte[FEED.maxArgumentBytes()];
    int length = FEED.writeArgument(id, argument);
    String key = "feed:{" + id + "}";
    assertThat(new String(argument, 0, length, US_ASCII))
        .isEqualTo("$" + key.length() + "\r\n" + key);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void nonPositiveIdsAreRejected(long id) {
    assertThatThrownBy(() -> FEED.of(id))
        .hasMessage("id: " + id + " (expected: a positive 63-bit integer)");
  }

  @Test
  void longPrefixesFit() {
    IdKeyFormat keys = new IdKeyFormat("k".repeat(1_000), "e".repeat(1_000));
    byte[] argument = new byte[keys.maxArgumentBytes()];
    assertThat(keys.writeArgument(Long.MAX_VALUE, argument)).isEqualTo(7 + 2_000 + 19);
  }
}
