package dev.upswell.options;

import java.util.regex.Pattern;

/** The user info of a URI, {@code user:password} before the '@', which may have a password. */
final class UserInfo {
  /** User info within the authority of a URI. */
  private static final Pattern PASSWORD = Pattern.compile("//[^/?#:@]*:[^/?#]+@");

  /**
   * User info of a malformed URI, without scheme or slashes, or with unescaped characters in the
   * password. Matches up to the last '@', because hiding too much is better than too little.
   */
  private static final Pattern NOT_SHOWN = Pattern.compile("(//|^(?!.*//))([^/?#:@]*):.*@");

  private UserInfo() {}

  /** Returns whether a text has a URI with a password. */
  static boolean holdsPassword(String text) {
    return PASSWORD.matcher(text).find();
  }

  /** Returns the text with possible passwords masked. */
  static String masked(String text) {
    return NOT_SHOWN.matcher(text).replaceAll("$1$2:" + OptionType.MASK + "@");
  }
}
