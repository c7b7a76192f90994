package dev.upswell.views.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class EightBytesTest {
  @Property
  void specialBytesEndThePlainPrefix(
      @ForAll @StringLength(8) @CharRange(from = 0, to = 255) String text,
      @ForAll @IntRange(max = 8) int plain) {
    // Most bytes are remarkable, so some are made plain.
    String before = "x-1~ }z/".substring(0, plain);
    String all = before + text.substring(plain);
    int expected = 0;
    while (expected < 8 && isPlain(all.charAt(expected))) {
      expected++;
    }
    assertThat(EightBytes.plain(eight(all))).isEqualTo(expected);
  }

  private static boolean isPlain(char next) {
    return next >= ' ' && next < 0x80 && next != '"' && next != '\\';
  }

  @Property
  void digitsEndAtTheFirstOtherByte(
      @ForAll @Size(8) byte[] any,
      @ForAll @IntRange(max = 8) int digits,
      @ForAll @IntRange(max = 99_999_999) int number) {
    String all =
        "%08d".formatted(number).substring(0, digits)
            + new String(any, ISO_8859_1).substring(digits);
    int expected = 0;
    while (expected < 8 && all.charAt(expected) >= '0' && all.charAt(expected) <= '9') {
      expected++;
    }
    long eight = eight(all);
    assertThat(EightBytes.digits(eight)).isEqualTo(expected);
    assertThat(EightBytes.number(eight, expected))
        .isEqualTo(expected == 0 ? 0 : Long.parseLong(all.substring(0, expected)));
  }

  private static long eight(String text) {
    return EightBytes.at(text.getBytes(ISO_8859_1), 0);
  }
}
