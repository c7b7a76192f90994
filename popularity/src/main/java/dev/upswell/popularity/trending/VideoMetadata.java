package dev.upswell.popularity.trending;

import dev.upswell.contract.VideoState;
import java.util.Locale;

/**
 * Metadata of a published video, from the topic {@code videos} only.
 *
 * @param creatorId creator of the video; 0 without a publication
 * @param category in the form of scopes; empty if there is none
 * @param hidden whether the video is removed or not public
 */
public record VideoMetadata(long creatorId, String category, boolean hidden) {
  private static final int MAX_CHARACTERS = 32;

  /**
   * Normalizes a category to the form in scopes: lower-case letters, digits and dashes, at most 32.
   * Other values become empty.
   */
  public static VideoMetadata of(long creatorId, String category, boolean hidden) {
    String lowerCase = category.toLowerCase(Locale.ROOT);
    boolean allowed =
        lowerCase.length() <= MAX_CHARACTERS
            && lowerCase.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || isDigit(c));
    return new VideoMetadata(creatorId, allowed ? lowerCase : "", hidden);
  }

  /** Returns the metadata in the state of a video. Only public videos are not hidden. */
  public static VideoMetadata of(VideoState video) {
    return of(video.creatorId(), video.category(), !video.isPublic());
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
