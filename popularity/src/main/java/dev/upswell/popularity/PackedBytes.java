package dev.upswell.popularity;

import java.util.Arrays;

/**
 * Growing byte buffer with a read position. Non-negative numbers take one byte per seven bits, like
 * Protobuf's varints.
 *
 * <p>Reused: reading and writing the state of a video allocates only the result.
 */
final class PackedBytes {
  private byte[] bytes = new byte[256];
  private int position;
  private int end;

  void clear() {
    position = 0;
    end = 0;
  }

  /** Reads from an array, which is not copied and must not be written to by this. */
  void wrap(byte[] source) {
    bytes = source;
    position = 0;
    end = source.length;
  }

  boolean hasMore() {
    return position < end;
  }

  void writeVarint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[end++] = (byte) rest;
  }

  long readVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("packed views: a number of more than 10 bytes");
  }

  void writeBytes(byte[] source) {
    writeVarint(source.length);
    ensure(source.length);
    System.arraycopy(source, 0, bytes, end, source.length);
    end += source.length;
  }

  byte[] readBytes() {
    int length = (int) readVarint();
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, end);
  }

  private void ensure(int more) {
    if (end + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more));
    }
  }
}
