package dev.upswell.contract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hashes bytes and numbers over 64 bits, in all modules. Bytes are taken eight at a time,
 * multiplied and mixed. Not collision-resistant against attackers: a client that sends texts with
 * equal hashes loses only its own views.
 *
 * <p>No result may change. Fingerprints of views, caps of viewers and the audience of a member are
 * in savepoints.
 */
public final class Hash64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 2^64 divided by the golden ratio, as an odd number (Knuth, TAOCP 6.4). */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** First factor of the finalizer of MurmurHash3. */
  private static final long FIRST_FACTOR = 0xFF51AFD7ED558CCDL;

  private static final long SECOND_FACTOR = 0xC4CEB9FE1A85EC53L;

  private Hash64() {}

  public static long of(byte[] source, int offset, int length) {
    long hash = spread(length);
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = spread(mix(hash ^ (long) LONGS.get(source, at)));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (source[at] & 0xFF);
    }
    return mix(hash ^ rest);
  }

  /**
   * Multiplies a number by the golden ratio, so that consecutive numbers differ in the high bits.
   * Cheaper than {@link #mix}. Callers use the high bits, because a low bit of the result depends
   * only on that bit and lower bits of the number.
   */
  public static long spread(long value) {
    return value * GOLDEN_RATIO;
  }

  /** Mixes a number over all bits: the finalizer of MurmurHash3 (Appleby, public domain). */
  public static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * FIRST_FACTOR;
    mixed = (mixed ^ (mixed >>> 33)) * SECOND_FACTOR;
    return mixed ^ (mixed >>> 33);
  }

  /** Adds the next number to the hash of a sequence. */
  public static long append(long hash, long value) {
    long mixed = (spread(hash) + value) * FIRST_FACTOR;
    return mixed ^ (mixed >>> 29);
  }
}
