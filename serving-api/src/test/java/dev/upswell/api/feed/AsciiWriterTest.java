package dev.upswell.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AsciiWriterTest {
  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private static String time(long millis) {
    return new AsciiWriter(0).addTime(millis).toString();
  }

  @Test
  void timesAreFormattedLikeJavaInstants() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      long any = (long) (random.nextDouble() * LAST);
      long millis = i % 2 == 0 ? any : any / 1_000 * 1_000;
      assertThat(time(millis)).isEqualTo(Instant.ofEpochMilli(millis).toString());
    }
    for (String edge :
        new String[] {
          "1970-01-01T00:00:00Z",
          "2000-02-29T23:59:59.999Z",
          "2020-12-31T00:00:00.001Z",
          "2100-02-28T12:00:00Z",
          "2100-03-01T12:00:00Z",
          "9999-12-31T23:59:59.999Z"
        }) {
      assertThat(time(Instant.parse(edge).toEpochMilli())).isEqualTo(edge);
    }
  }

  @Test
  void timesOfSeveralDaysAreFormatted() {
    Random random = new Random(8);
    AsciiWriter text = new AsciiWriter(0);
    StringBuilder expected = new StringBuilder();
    long millis = Instant.parse("2026-12-31T20:00:00Z").toEpochMilli();
    for (int i = 0; i < 100; i++) {
      text.add(i).addTime(millis);
      expected.append(i).append(Instant.ofEpochMilli(millis));
      millis += random.nextInt(-3_600_000, 7_200_000);
    }

    assertThat(text.toString()).isEqualTo(expected.toString());
  }

  @Test
  void numbersOfEveryLengthAreFormatted() {
    for (long edge = 1; edge > 0; edge *= 10) {
      for (long number : new long[] {edge - 1, edge, edge + 1, edge * 7 / 3}) {
        if (number >= 0) {
          assertThat(new AsciiWriter(0).add(number).toString()).isEqualTo(Long.toString(number));
        }
      }
    }
  }

  @Test
  void bufferGrowsForNumbersAndTexts() {
    AsciiWriter text = new AsciiWriter(0);
    for (long number : new long[] {0, 9, 10, Long.MAX_VALUE}) {
      text.add(number).add(";");
    }

    assertThat(text.toString()).isEqualTo("0;9;10;9223372036854775807;");
    assertThat(text.toData().toStringAscii()).isEqualTo(text.toString());
  }
}
