package dev.upswell.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a URI that may hold a password: {@code user:password} before the '@'. */
final class UserInfo {
  // Greedy up to the last '@' of the authority, since a password that was not escaped may hold one.
  private static final Pattern PASSWORD = Pattern.compile("://([^/?#:]*):([^/?#]*)@");

  private UserInfo() {}

  /** Tells whether a text holds a URI with a password. */
  static boolean holdsPassword(String text) {
    Matcher password = PASSWORD.matcher(text);
    return password.find() && !password.group(2).isEmpty();
  }

  /** The text with every password in a URI replaced. */
  static String masked(String text) {
    return PASSWORD.matcher(text).replaceAll("://$1:" + OptionType.MASK + "@");
  }
}
