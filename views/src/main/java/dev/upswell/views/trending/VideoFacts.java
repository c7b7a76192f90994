package dev.upswell.views.trending;

/**
 * What was said of a video where videos are published.
 *
 * @param category empty if it has none
 * @param hidden whether it is removed, or not for everybody
 */
public record VideoFacts(String category, boolean hidden) {
  /** Nothing was said. */
  public static final VideoFacts UNKNOWN = new VideoFacts("", false);

  private static final int MOST = 32;

  /**
   * Takes a category as it is named in scopes: lower case letters, digits and dashes, at most 32;
   * anything else is none.
   */
  public static VideoFacts of(String category, boolean hidden) {
    boolean allowed =
        category.length() <= MOST
            && category.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || isDigit(c));
    return new VideoFacts(allowed ? category : "", hidden);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
