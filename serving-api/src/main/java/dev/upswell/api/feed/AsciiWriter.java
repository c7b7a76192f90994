package dev.upswell.api.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.linecorp.armeria.common.HttpData;
import java.util.Arrays;

/** Writer of ASCII text into one array. Not thread-safe. */
final class AsciiWriter {
  private static final int MOST_DIGITS = 20;
  private static final int MILLIS_A_DAY = 86_400_000;
  private static final int DAYS_TO_1970 = 719_468;
  private static final int DAYS_OF_400_YEARS = 146_097;

  private static final int DATE_LENGTH = "1970-01-01T".length();

  /** Digits of 00 to 99. Two at a time need half the divisions. */
  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < PAIRS.length / 2; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private byte[] bytes;
  private int size;

  /** Day since 1970 of the last written date, and its position. */
  private long lastDay = -1;

  private int lastDate;

  /**
   * Creates an empty text.
   *
   * @param capacity in bytes
   */
  AsciiWriter(int capacity) {
    bytes = new byte[Math.max(capacity, MOST_DIGITS)];
  }

  /** Encodes a constant text. */
  static byte[] fixed(String text) {
    return text.getBytes(US_ASCII);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }

  AsciiWriter add(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  AsciiWriter add(String text) {
    return add(fixed(text));
  }

  /** Writes a non-negative number. */
  AsciiWriter add(long number) {
    reserve(MOST_DIGITS);
    int digits = digits(number);
    int at = size + digits;
    long rest = number;
    for (; rest >= 100; rest /= 100) {
      at -= 2;
      pair((int) (rest % 100), at);
    }
    if (rest >= 10) {
      pair((int) rest, at - 2);
    } else {
      bytes[at - 1] = (byte) ('0' + rest);
    }
    size += digits;
    return this;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long least = 10; digits < MOST_DIGITS - 1 && number >= least; least *= 10) {
      digits++;
    }
    return digits;
  }

  private void pair(int number, int at) {
    bytes[at] = PAIRS[2 * number];
    bytes[at + 1] = PAIRS[2 * number + 1];
  }

  private AsciiWriter addPair(int number) {
    pair(number, size);
    size += 2;
    return this;
  }

  private AsciiWriter add(char c) {
    bytes[size++] = (byte) c;
    return this;
  }

  /**
   * Writes a time by RFC 3339, with milliseconds unless they are 0, like {@link java.time.Instant}.
   *
   * <p>The date follows Howard Hinnant's <a
   * href="https://howardhinnant.github.io/date_algorithms.html">civil_from_days</a>.
   *
   * @param millis since 1970, up to the year 9999
   */
  AsciiWriter addTime(long millis) {
    reserve(MOST_DIGITS + "Z.000".length());
    addDate(millis / MILLIS_A_DAY);
    int ofDay = (int) (millis % MILLIS_A_DAY);
    addPair(ofDay / 3_600_000).add(':').addPair(ofDay / 60_000 % 60).add(':');
    addPair(ofDay / 1_000 % 60);
    int ofSecond = ofDay % 1_000;
    if (ofSecond != 0) {
      add('.').add((char) ('0' + ofSecond / 100)).addPair(ofSecond % 100);
    }
    return add('Z');
  }

  /** Writes the date; most times of a page are on the same day. */
  private void addDate(long daysSince1970) {
    if (daysSince1970 == lastDay) {
      System.arraycopy(bytes, lastDate, bytes, size, DATE_LENGTH);
      size += DATE_LENGTH;
      return;
    }
    lastDay = daysSince1970;
    lastDate = size;
    long day = daysSince1970 + DAYS_TO_1970;
    int dayOfEra = (int) (day % DAYS_OF_400_YEARS);
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (day / DAYS_OF_400_YEARS) * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    addPair(year / 100).addPair(year % 100).add('-').addPair(month).add('-');
    addPair(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1).add('T');
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
