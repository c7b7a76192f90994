package dev.upswell.views.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a text at a time, as a long with the first of them in the lowest byte: what there
 * is to say about a text costs one step for all of them instead of one for each.
 */
final class EightBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private EightBytes() {}

  /** Those from an index on, which the array has to have. */
  static long at(byte[] source, int index) {
    return (long) LONGS.get(source, index);
  }

  /**
   * How many come before the first quote, backslash, control character or byte that is not ASCII.
   *
   * <p>A subtraction sets the highest bit of bytes that are less than what is subtracted, and maybe
   * of such as come after one of these, which are not asked about (S. E. Anderson, Bit Twiddling
   * Hacks, "Determine if a word has a byte less than n").
   */
  static int plain(long eight) {
    long quotes = eight ^ ('"' * ONES);
    long backslashes = eight ^ ('\\' * ONES);
    long less = (eight - ' ' * ONES) | (quotes - ONES) | (backslashes - ONES);
    return Long.numberOfTrailingZeros((less | eight) & HIGHS) / Byte.SIZE;
  }

  /** How many digits come before anything else. */
  static int digits(long eight) {
    long values = eight ^ ('0' * ONES);
    long others = ((values + (0x80 - 10) * ONES) | values) & HIGHS;
    return Long.numberOfTrailingZeros(others) / Byte.SIZE;
  }

  /**
   * The number that the first so many digits make; 0 for none.
   *
   * <p>Neighbours make numbers of two digits, and one multiplication each adds up every other of
   * these (D. Lemire, Quickly parsing eight digits, 2018).
   */
  static long number(long eight, int digits) {
    // Those behind them are pushed out, and zeros stand before them. Two steps, as none is 64 bits.
    int unused = (Long.BYTES - digits) * Byte.SIZE / 2;
    long values = ((eight ^ ('0' * ONES)) << unused) << unused;
    long pairs = values * 10 + (values >>> 8);
    long even = (pairs & 0x000000FF000000FFL) * (100 + (1_000_000L << 32));
    long odd = ((pairs >>> 16) & 0x000000FF000000FFL) * (1 + (10_000L << 32));
    return (even + odd) >>> 32;
  }
}
