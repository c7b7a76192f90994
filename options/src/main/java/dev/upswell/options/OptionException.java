package dev.upswell.options;

/**
 * Says in one line which option is wrong, what was given and what is allowed: {@code
 * --feed.max-entries: 0 (expected: 1..10000)}. Never holds a secret.
 */
public final class OptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_GIVEN = 100;

  OptionException(String message) {
    // Whatever was given, the message stays one line.
    super(message.replaceAll("\\p{Cntrl}+", " "));
  }

  /** A value that is not allowed. */
  static OptionException notAllowed(String where, String given, String expected) {
    String shown = given.length() <= MAX_GIVEN ? given : given.substring(0, MAX_GIVEN) + "…";
    return new OptionException(where + ": " + shown + " (expected: " + expected + ")");
  }
}
