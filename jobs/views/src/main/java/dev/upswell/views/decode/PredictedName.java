package dev.upswell.views.decode;

/**
 * Predicts the next member name of a JSON object: the bytes between two values in the last record,
 * such as {@code ,"videoId":}, and the field of that name.
 *
 * <p>A producer writes names in the same order, so the same bytes are likely. The comparison takes
 * three steps of eight bytes; reading and looking up a name takes several times as long.
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

  /** Returns whether the predicted bytes are at this position, before the end. */
  boolean matches(byte[] source, int start, int end) {
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

  /** Returns the number of predicted bytes. */
  int length() {
    return length;
  }

  /** Up to sixteen bytes are covered by the first and the last eight. */
  private static int middle(int size) {
    return Math.max(0, size - 2 * LEAST);
  }
}
