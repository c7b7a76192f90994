package dev.upswell.feeds.audience;

import java.util.Arrays;

/**
 * Ascending ids as the differences from one to the next, seven bits to a byte, the last byte of
 * each with its high bit clear.
 *
 * <p>A million followers of a billion users differ by a thousand from one to the next: two bytes
 * instead of eight.
 */
final class PackedIds {
  private static final byte[] NOTHING = new byte[0];

  private PackedIds() {}

  static byte[] pack(long[] ids, int from, int to) {
    if (from == to) {
      return NOTHING;
    }
    byte[] bytes = new byte[9 * (to - from)];
    int end = 0;
    long before = 0;
    for (int i = from; i < to; i++) {
      long rest = ids[i] - before;
      before = ids[i];
      while (rest > 0x7F) {
        bytes[end++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[end++] = (byte) rest;
    }
    return Arrays.copyOf(bytes, end);
  }

  /**
   * Unpacks.
   *
   * @param count how many there are
   */
  static long[] unpack(byte[] bytes, int count) {
    long[] ids = new long[count];
    int at = 0;
    long before = 0;
    for (int i = 0; i < count; i++) {
      long difference = 0;
      int shift = 0;
      byte next;
      do {
        next = bytes[at++];
        difference |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      before += difference;
      ids[i] = before;
    }
    return ids;
  }
}
