package dev.upswell.popularity;

import dev.upswell.contract.Varint;
import java.util.Arrays;

/**
 * Reads and writes numbers, each a {@link Varint}, and bytes with their length. The buffer of
 * writes grows and is reused.
 */
final class PackedBytes {
  private static final byte[] NOTHING = {};

  private Varint.Reader reader = new Varint.Reader(NOTHING, 0);
  private byte[] bytes = new byte[256];
  private int end;

  /** Starts to write. */
  void clear() {
    end = 0;
  }

  /** Starts to read from an array, which is not copied. */
  void wrap(byte[] source) {
    reader = new Varint.Reader(source, 0);
  }

  boolean hasMore() {
    return reader.hasNext();
  }

  void writeVarint(long value) {
    ensure(Varint.MAX_BYTES);
    end = Varint.write(value, bytes, end);
  }

  long readVarint() {
    return reader.next();
  }

  void writeBytes(byte[] source) {
    writeVarint(source.length);
    ensure(source.length);
    System.arraycopy(source, 0, bytes, end, source.length);
    end += source.length;
  }

  byte[] readBytes() {
    return reader.nextBytes((int) reader.next());
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
