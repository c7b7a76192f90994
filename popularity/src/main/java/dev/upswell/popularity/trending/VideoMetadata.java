package dev.upswell.popularity.trending;

/**
 * What was said of a video where videos are published.
 *
 * @param category empty if it has none
 * @param hidden whether it is removed, or not for everybody
 */
public record VideoMetadata(String category, boolean hidden) {
  /** Nothing was said. */
  public static final VideoMetadata UNKNOWN = new VideoMetadata("", false);

  private static final int MOST = 32;

  /**
   * Takes a category as it is named in scopes: lower case letters, digits and dashes, at most 32;
   * anything else is none.
   */
  public static VideoMetadata of(String category, boolean hidden) {
    boolean allowed =
        category.length() <= MOST
            && category.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || isDigit(c));
    return new VideoMetadata(allowed ? category : "", hidden);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
