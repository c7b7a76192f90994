package dev.upswell.views.decode;

/**
 * What stood last time between the value of one member and that of the next, such as {@code
 * ,"videoId":}, and the field of that name.
 *
 * <p>A writer writes names in the same order each time, so the same bytes will stand there again.
 * To see that they do takes three comparisons of eight bytes; to read and find a name takes several
 * times as long.
 */
final class PredictedName {
  /** Eight bytes at the beginning, eight at the end, and between them at most eight more. */
  private static final int LEAST = 8;

  private static final int MOST = 24;

  private int field = ViewFieldNames.UNKNOWN;
  private int length;
  private long first;
  private long middle;
  private long last;

  /** Learns that a part of an array led to a field, which is read as one without a doubt. */
  void learn(byte[] source, int start, int end, int field) {
    int size = end - start;
    if (size >= LEAST && size <= MOST) {
      this.field = field;
      length = size;
      first = EightBytes.at(source, start);
      middle = EightBytes.at(source, start + middle(size));
      last = EightBytes.at(source, end - LEAST);
    }
  }

  /** Whether the same bytes stand here, before the end. */
  boolean stands(byte[] source, int start, int end) {
    int size = length;
    return field != ViewFieldNames.UNKNOWN
        && end - start >= size
        && EightBytes.at(source, start) == first
        && EightBytes.at(source, start + size - LEAST) == last
        && EightBytes.at(source, start + middle(size)) == middle;
  }

  /** The field that they led to. */
  int field() {
    return field;
  }

  /** How many they are. */
  int length() {
    return length;
  }

  /** Up to sixteen bytes are covered by the first and the last eight. */
  private static int middle(int size) {
    return Math.max(0, size - 2 * LEAST);
  }
}
