package dev.upswell.redis.command;

import java.nio.charset.StandardCharsets;

/**
 * Format of keys with an id between a prefix and a suffix, such as {@code feed:{42}}. Thread-safe.
 *
 * <p>Keys are written digit by digit to their destination, because a fan-out needs millions per
 * second and none twice.
 */
public final class IdKeyFormat {
  /** {@code $}, a length of at most ten digits, CR LF. */
  private static final int LENGTH_BYTES = 13;

  private static final int ID_DIGITS = 19;

  private final byte[] prefix;
  private final byte[] suffix;

  /** Keys that begin and end with these texts, which are written as UTF-8. */
  public IdKeyFormat(String prefix, String suffix) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.suffix = suffix.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The key of an id.
   *
   * @throws IllegalArgumentException unless the id is positive
   */
  public byte[] of(long id) {
    byte[] key = new byte[prefix.length + digits(checked(id)) + suffix.length];
    write(id, key, 0);
    return key;
  }

  /** The most bytes that {@link #writeArgument} writes. */
  public int maxArgumentBytes() {
    return LENGTH_BYTES + prefix.length + ID_DIGITS + suffix.length;
  }

  /**
   * Writes the key as a command carries it, its length first, from index 0 on.
   *
   * @return number of bytes
   */
  public int writeArgument(long id, byte[] into) {
    int length = prefix.length + digits(id) + suffix.length;
    into[0] = '$';
    int at = writeDecimal(length, into, 1);
    into[at++] = '\r';
    into[at++] = '\n';
    return write(id, into, at);
  }

  private int write(long id, byte[] into, int from) {
    System.arraycopy(prefix, 0, into, from, prefix.length);
    int at = writeDecimal(id, into, from + prefix.length);
    System.arraycopy(suffix, 0, into, at, suffix.length);
    return at + suffix.length;
  }

  /**
   * Writes a non-negative number.
   *
   * @return the index after it
   */
  static int writeDecimal(long value, byte[] into, int from) {
    int end = from + digits(value);
    long rest = value;
    for (int i = end - 1; i >= from; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  public static long checked(long id) {
    if (id <= 0) {
      throw new IllegalArgumentException("id: " + id + " (expected: a positive 63-bit integer)");
    }
    return id;
  }
}
