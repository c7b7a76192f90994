package dev.upswell.options;

import java.util.regex.Pattern;

/** The part of a URI that may hold a password: {@code user:password} before the '@'. */
final class UserInfo {
  /** As a URI has it: within the authority. */
  private static final Pattern PASSWORD = Pattern.compile("//[^/?#:@]*:[^/?#]+@");

  /**
   * As whoever mistypes a URI may have it: without scheme or slashes, the password with characters
   * that had to be escaped. Up to the last '@', since too much hidden is better than too little.
   */
  private static final Pattern NOT_SHOWN = Pattern.compile("(//|^(?!.*//))([^/?#:@]*):.*@");

  private UserInfo() {}

  /** Tells whether a text holds a URI with a password. */
  static boolean holdsPassword(String text) {
    return PASSWORD.matcher(text).find();
  }

  /** The text with what may be a password replaced. */
  static String masked(String text) {
    return NOT_SHOWN.matcher(text).replaceAll("$1$2:" + OptionType.MASK + "@");
  }
}
