package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A text within its record, converted to a {@link String} only on demand.
 *
 * <p>Belongs to a {@code ViewFields}. Valid until that is reused or the bytes of the record change.
 * Not thread-safe.
 */
public final class TextSlice {
  private static final byte[] NOTHING = {};

  private byte[] source = NOTHING;
  private int offset;
  private int length;
  private boolean escaped;

  public TextSlice() {}

  /**
   * Points to a well-formed text.
   *
   * @param escaped whether it has JSON escapes, none of a surrogate
   */
  public void set(byte[] source, int offset, int length, boolean escaped) {
    this.source = source;
    this.offset = offset;
    this.length = length;
    this.escaped = escaped;
  }

  public void clear() {
    set(NOTHING, 0, 0, false);
  }

  /** Returns whether the text is empty or absent. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** Bytes of the text as it lies in the record, escapes among them. */
  public int length() {
    return length;
  }

  /**
   * A byte of the text as it lies in the record.
   *
   * @param index from 0 to below {@link #length}
   */
  public int byteAt(int index) {
    return source[offset + index];
  }

  /** Returns whether the text equals the given one, without escapes in the record. */
  public boolean is(byte[] utf8) {
    return !escaped && Arrays.equals(source, offset, offset + length, utf8, 0, utf8.length);
  }

  /**
   * Returns whether the text equals the given one except for the case of ASCII letters, without
   * escapes in the record.
   *
   * @param lowerCase lower-case letters, digits and dashes
   */
  public boolean isIgnoringCase(byte[] lowerCase) {
    if (escaped || length != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte given = source[offset + i];
      boolean isUpper = given >= 'A' && given <= 'Z';
      if ((isUpper ? given | 0x20 : given) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a 64-bit hash, equal for equal texts in both encodings. Allocates only for escapes. Two
   * of a million texts collide with a chance of 3 in 100 million.
   */
  public long hash64() {
    if (escaped) {
      byte[] utf8 = toString().getBytes(UTF_8);
      return Hash64.of(utf8, 0, utf8.length);
    }
    return Hash64.of(source, offset, length);
  }

  /** The text. Makes a new string every time. */
  @Override
  public String toString() {
    return escaped ? unescaped() : new String(source, offset, length, UTF_8);
  }

  private String unescaped() {
    // An escape is at least as long as its character.
    byte[] utf8 = new byte[length];
    int size = 0;
    int at = offset;
    int end = offset + length;
    while (at < end) {
      byte unit = source[at++];
      if (unit != '\\') {
        utf8[size++] = unit;
        continue;
      }
      int escape = source[at++];
      int character = escape == 'u' ? hex(at) : simple(escape);
      at += escape == 'u' ? 4 : 0;
      size = append(utf8, size, character);
    }
    return new String(utf8, 0, size, UTF_8);
  }

  private static int simple(int escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  private int hex(int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      value = (value << 4) | Character.digit(source[i], 16);
    }
    return value;
  }

  private static int append(byte[] utf8, int size, int character) {
    int next = size;
    if (character < 0x80) {
      utf8[next++] = (byte) character;
    } else {
      if (character < 0x800) {
        utf8[next++] = (byte) (0xC0 | (character >> 6));
      } else {
        utf8[next++] = (byte) (0xE0 | (character >> 12));
        utf8[next++] = (byte) (0x80 | ((character >> 6) & 0x3F));
      }
      utf8[next++] = (byte) (0x80 | (character & 0x3F));
    }
    return next;
  }
}
