package dev.upswell.options;

/**
 * Invalid option: name, value and allowed values in one line, such as {@code --feed.max-entries: 0
 * (expected: 1..10000)}. Never contains a secret.
 */
public final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_GIVEN = 100;

  OptionException(String message) {
    // Keeps the message in one line for any value.
    super(message.replaceAll("\\p{Cntrl}+", " "));
  }

  /** Creates the exception for an invalid value. */
  static OptionException notAllowed(String where, String given, String expected) {
    String shown = given.length() <= MAX_GIVEN ? given : given.substring(0, MAX_GIVEN) + "…";
    return new OptionException(where + ": " + shown + " (expected: " + expected + ")");
  }
}
