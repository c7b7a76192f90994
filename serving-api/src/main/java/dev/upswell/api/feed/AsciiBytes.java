package dev.upswell.api.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.linecorp.armeria.common.HttpData;
import java.util.Arrays;

/** ASCII text that is written once, into one array. Not thread-safe. */
final class AsciiBytes {
  private static final int MOST_DIGITS = 20;
  private static final int MILLIS_A_DAY = 86_400_000;
  private static final int DAYS_TO_1970 = 719_468;
  private static final int DAYS_OF_400_YEARS = 146_097;

  private byte[] bytes;
  private int size;

  /** An empty text with room for so many bytes. */
  AsciiBytes(int capacity) {
    bytes = new byte[Math.max(capacity, MOST_DIGITS)];
  }

  /** What fixed texts are kept as. */
  static byte[] fixed(String text) {
    return text.getBytes(US_ASCII);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  AsciiBytes add(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  AsciiBytes add(String text) {
    return add(fixed(text));
  }

  /** A number that is not negative. */
  AsciiBytes add(long number) {
    reserve(MOST_DIGITS);
    int from = size;
    long rest = number;
    do {
      bytes[size++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    for (int i = from, j = size - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
    return this;
  }

  private AsciiBytes padded(int number, int digits) {
    for (int i = size + digits - 1, rest = number; i >= size; i--, rest /= 10) {
      bytes[i] = (byte) ('0' + rest % 10);
    }
    size += digits;
    return this;
  }

  private AsciiBytes add(char c) {
    bytes[size++] = (byte) c;
    return this;
  }

  /**
   * A time as RFC 3339 has it, with milliseconds unless there are none, as {@link
   * java.time.Instant} prints it.
   *
   * <p>The date by Howard Hinnant's <a
   * href="https://howardhinnant.github.io/date_algorithms.html">civil_from_days</a>.
   *
   * @param millis since 1970, from then to the year 9999
   */
  AsciiBytes addTime(long millis) {
    reserve(MOST_DIGITS + "Z.000".length());
    long day = millis / MILLIS_A_DAY + DAYS_TO_1970;
    int dayOfEra = (int) (day % DAYS_OF_400_YEARS);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (day / DAYS_OF_400_YEARS) * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    padded(year, 4).add('-').padded(month, 2).add('-');
    padded(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2).add('T');
    int ofDay = (int) (millis % MILLIS_A_DAY);
    padded(ofDay / 3_600_000, 2).add(':').padded(ofDay / 60_000 % 60, 2).add(':');
    padded(ofDay / 1_000 % 60, 2);
    if (ofDay % 1_000 != 0) {
      add('.').padded(ofDay % 1_000, 3);
    }
    return add('Z');
  }

  /** The text, which is not to be added to any more. */
  HttpData toData() {
    return HttpData.wrap(bytes, 0, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, US_ASCII);
  }
}
