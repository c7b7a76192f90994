package dev.upswell.contract;

import java.util.regex.Pattern;

/**
 * A violated rule of a record.
 *
 * @param field JSON name of the field, such as {@code followeeId} or {@code renditions[2].width};
 *     {@code record} for the whole record
 * @param given actual value, shortened if long
 * @param expected allowed values
 */
public record Violation(String field, String given, String expected) {
  /** Field name of a violation of the whole record. */
  public static final String RECORD = "record";

  private static final int MAX_GIVEN = 64;
  private static final Pattern NOT_IN_A_LINE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

  /** The same violation, of a field inside another. */
  Violation within(String prefix) {
    return new Violation(prefix + field, given, expected);
  }

  /** Returns a text for {@link #given}: in quotes, shortened to a line. */
  public static String quoted(String text) {
    return '"' + shortened(text) + '"';
  }

  /** Returns a text for {@link #given} without quotes, shortened to a line. */
  public static String shortened(String text) {
    if (text.length() <= MAX_GIVEN) {
      return oneLine(text);
    }
    // Never cuts a character of two units in half.
    int end = Character.isHighSurrogate(text.charAt(MAX_GIVEN - 1)) ? MAX_GIVEN - 1 : MAX_GIVEN;
    return oneLine(text.substring(0, end)) + '…';
  }

  private static String oneLine(String text) {
    return NOT_IN_A_LINE.matcher(text).replaceAll(" ");
  }

  /** Returns one line: {@code followeeId: 0 (expected: a positive 63-bit integer)}. */
  @Override
  public String toString() {
    return field + ": " + given + " (expected: " + expected + ")";
  }
}
