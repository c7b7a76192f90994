package dev.upswell.views.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Operations on eight bytes of a text in one long, the first byte lowest. One step replaces eight.
 */
final class EightBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private EightBytes() {}

  /** Returns the eight bytes from an index on, which must be within the array. */
  static long at(byte[] source, int index) {
    return (long) LONGS.get(source, index);
  }

  /**
   * Returns the number of bytes before the first quote, backslash, control character or non-ASCII
   * byte.
   *
   * <p>A subtraction sets the highest bit of smaller bytes, and possibly of bytes behind them,
   * which do not matter here (S. E. Anderson, Bit Twiddling Hacks, "Determine if a word has a byte
   * less than n").
   */
  static int plain(long eight) {
    long quotes = eight ^ ('"' * ONES);
    long backslashes = eight ^ ('\\' * ONES);
    long less = (eight - ' ' * ONES) | (quotes - ONES) | (backslashes - ONES);
    return Long.numberOfTrailingZeros((less | eight) & HIGHS) / Byte.SIZE;
  }

  /** Returns the number of leading digits. */
  static int digits(long eight) {
    long values = eight ^ ('0' * ONES);
    long others = ((values + (0x80 - 10) * ONES) | values) & HIGHS;
    return Long.numberOfTrailingZeros(others) / Byte.SIZE;
  }

  /**
   * Returns the number that the leading digits form; 0 for none.
   *
   * <p>Neighbours form numbers of two digits, and one multiplication each adds up every other of
   * these (D. Lemire, Quickly parsing eight digits, 2018).
   */
  static long number(long eight, int digits) {
    // Shifts out the bytes behind the digits. Two steps, because a shift by 64 bits is none.
    int unused = (Long.BYTES - digits) * Byte.SIZE / 2;
    long values = ((eight ^ ('0' * ONES)) << unused) << unused;
    long pairs = values * 10 + (values >>> 8);
    long even = (pairs & 0x000000FF000000FFL) * (100 + (1_000_000L << 32));
    long odd = ((pairs >>> 16) & 0x000000FF000000FFL) * (1 + (10_000L << 32));
    return (even + odd) >>> 32;
  }
}
