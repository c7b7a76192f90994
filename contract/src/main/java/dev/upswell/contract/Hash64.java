package dev.upswell.contract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Hash of bytes over 64 bits: eight bytes at a time, multiplied and mixed with the finalizer of
 * MurmurHash3 (Appleby, public domain). Not collision-resistant against attackers: a client that
 * sends texts with equal hashes loses only its own views.
 */
public final class Hash64 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private Hash64() {}

  static long of(byte[] source, int offset, int length) {
    long hash = length * FACTOR;
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(source, at)) * FACTOR;
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (source[at] & 0xFF);
    }
    return mix(hash ^ rest);
  }

  /** Spreads a number over all bits: the finalizer of MurmurHash3 (Appleby, public domain). */
  public static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
