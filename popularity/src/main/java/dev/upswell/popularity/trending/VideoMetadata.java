package dev.upswell.popularity.trending;

/**
 * Metadata of a video from the topic of videos.
 *
 * @param category empty if there is none
 * @param hidden whether the video is removed or not public
 */
public record VideoMetadata(String category, boolean hidden) {
  /** No metadata. */
  public static final VideoMetadata UNKNOWN = new VideoMetadata("", false);

  private static final int MOST = 32;

  /**
   * Normalizes a category to the form in scopes: lower-case letters, digits and dashes, at most 32.
   * Other values become empty.
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
