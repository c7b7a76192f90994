package dev.upswell.api.feed;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.OptionalLong;

/** Where the next page begins, as clients carry it: opaque, and the same length for every place. */
final class Cursor {
  private static final byte VERSION = 1;
  private static final int BYTES = 1 + Long.BYTES;
  private static final int TEXT_LENGTH = BYTES * 4 / 3;

  private Cursor() {}

  /** The cursor of the page below a video. */
  static String write(long below) {
    byte[] bytes = ByteBuffer.allocate(BYTES).put(VERSION).putLong(below).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The video that a cursor names; empty if the text is no cursor. */
  static OptionalLong read(String text) {
    if (text.length() != TEXT_LENGTH) {
      return OptionalLong.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      byte version = bytes.get();
      long below = bytes.getLong();
      return version == VERSION && below > 0 ? OptionalLong.of(below) : OptionalLong.empty();
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }
}
