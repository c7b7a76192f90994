package dev.upswell.contract;

import java.util.regex.Pattern;

/**
 * What is wrong with a record, in three parts.
 *
 * @param field the JSON name of the field, such as {@code followeeId} or {@code
 *     renditions[2].width}; {@code record} when it is the record as a whole
 * @param given what was found there, shortened when long
 * @param expected what is allowed
 */
public record Violation(String field, String given, String expected) {
  /** The field of a violation that is not of one field. */
  public static final String RECORD = "record";

  private static final int MAX_GIVEN = 64;
  private static final Pattern NOT_IN_A_LINE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

  /** The same violation, of a field inside another. */
  Violation within(String prefix) {
    return new Violation(prefix + field, given, expected);
  }

  /** Text as it stands in {@link #given}: in quotes, and not longer than a line. */
  public static String quoted(String text) {
    return '"' + shortened(text) + '"';
  }

  /** Text as it stands in {@link #given} without quotes: not longer than a line. */
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

  /** As a line: {@code followeeId: 0 (expected: a positive 63-bit integer)}. */
  @Override
  public String toString() {
    return field + ": " + given + " (expected: " + expected + ")";
  }
}
