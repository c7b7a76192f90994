package dev.upswell.contract;

import java.util.Locale;

/**
 * Normal forms of the words that events, queries and lists share, in one place, so that {@code iOS}
 * and {@code ios} are one device everywhere.
 *
 * <p>Thread-safe.
 */
public final class Vocabulary {
  /** Maximum length of a word. */
  public static final int MAX_WORD = 32;

  /** The allowed regions, for messages. */
  public static final String A_REGION = "two letters of ISO 3166-1, such as BR";

  /** The allowed words, for messages. */
  public static final String A_WORD = "1 to 32 letters a to z, digits and dashes";

  private static final int REGION_LENGTH = 2;

  private Vocabulary() {}

  /** Returns whether a text is a region: two ASCII letters in any case. */
  public static boolean isRegion(String text) {
    return text.length() == REGION_LENGTH && isLetter(text.charAt(0)) && isLetter(text.charAt(1));
  }

  /** Returns the normal form of a region: upper case. */
  public static String region(String region) {
    return region.toUpperCase(Locale.ROOT);
  }

  /**
   * Returns whether a text is a word, such as a category or a kind of device: 1 to {@value
   * #MAX_WORD} ASCII letters in any case, digits and dashes.
   */
  public static boolean isWord(String text) {
    if (text.isEmpty() || text.length() > MAX_WORD) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isOfWord(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the normal form of a word: lower case. */
  public static String word(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** Returns whether a character or ASCII byte may be part of a word. */
  public static boolean isOfWord(int character) {
    return isLetter(character) || (character >= '0' && character <= '9') || character == '-';
  }

  /** Returns whether a character or byte is an ASCII letter. */
  public static boolean isLetter(int character) {
    int lower = character | 0x20;
    return lower >= 'a' && lower <= 'z';
  }
}
