package dev.upswell.popularity.trending;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.Vocabulary;

/**
 * Metadata of a published video, from the topic {@code videos} only.
 *
 * @param creatorId creator of the video; 0 without a publication
 * @param category in the form of scopes; empty if there is none
 * @param hidden whether the video is removed or not public
 */
public record VideoMetadata(long creatorId, String category, boolean hidden) {
  /**
   * Normalizes a category to the form in scopes, a word of {@link Vocabulary}. Other values become
   * empty.
   */
  public static VideoMetadata of(long creatorId, String category, boolean hidden) {
    String word = Vocabulary.word(category);
    return new VideoMetadata(creatorId, Vocabulary.isWord(word) ? word : "", hidden);
  }

  /** Returns the metadata in the state of a video. Only public videos are not hidden. */
  public static VideoMetadata of(VideoState video) {
    return of(video.creatorId(), video.category(), !video.isPublic());
  }
}
