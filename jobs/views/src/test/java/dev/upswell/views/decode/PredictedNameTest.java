package dev.upswell.views.decode;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PredictedNameTest {
  private static final int FIELD = 7;

  private final PredictedName name = new PredictedName();

  @Property
  void learnedNamesMatchOnlyEqualBytes(
      @ForAll @Size(min = 8, max = 24) byte[] bytes,
      @ForAll @IntRange(max = 23) int at,
      @ForAll @IntRange(max = 7) int bit) {
    name.learn(bytes, 0, bytes.length, FIELD);
    assertThat(name.matches(bytes, 0, bytes.length)).isTrue();
    assertThat(name.field()).isEqualTo(FIELD);
    assertThat(name.length()).isEqualTo(bytes.length);
    assertThat(name.matches(bytes, 0, bytes.length - 1)).isFalse();

    bytes[at % bytes.length] ^= (byte) (1 << bit);
    assertThat(name.matches(bytes, 0, bytes.length)).isFalse();
  }

  @Property
  void tooShortAndTooLongNamesAreNotLearned(@ForAll @Size(max = 40) byte[] bytes) {
    name.learn(bytes, 0, bytes.length, FIELD);
    boolean fits = bytes.length >= 8 && bytes.length <= 24;
    assertThat(name.matches(bytes, 0, bytes.length)).isEqualTo(fits);
  }

  @Example
  void nothingMatchesBeforeTheFirstName() {
    assertThat(name.matches(new byte[24], 0, 24)).isFalse();
  }
}
