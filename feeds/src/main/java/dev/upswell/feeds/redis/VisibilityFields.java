package dev.upswell.feeds.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.VideoFields;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.VideoVisibility;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of {@code video:{id}} that decide who may see a video. */
public final class VisibilityFields {
  /** Names of the fields, in the order of {@link #parse}. */
  public static final List<String> NAMES =
      List.of(
          VideoFields.CREATOR_ID,
          VideoFields.PUBLISHED_AT,
          VideoFields.REMOVED,
          VideoFields.VISIBILITY);

  private static final byte[] PUBLIC = Video.Visibility.PUBLIC.name().getBytes(US_ASCII);
  private static final byte[] FOLLOWERS = Video.Visibility.FOLLOWERS.name().getBytes(US_ASCII);

  private VisibilityFields() {}

  /**
   * Parses the reply to HMGET. A video without one of the required fields is hidden.
   *
   * @param values text or null for each name, from {@code from} on
   */
  public static VideoVisibility parse(
      List<? extends @Nullable Object> values, int from, Freshness freshness) {
    boolean hidden =
        values.get(from) == null || values.get(from + 1) == null || values.get(from + 2) != null;
    Video.Visibility visibility =
        hidden ? Video.Visibility.PRIVATE : visibility(values.get(from + 3));
    return new VideoVisibility(id(values.get(from)), visibility, freshness);
  }

  private static Video.Visibility visibility(@Nullable Object name) {
    if (!(name instanceof byte[] text)) {
      return Video.Visibility.PRIVATE;
    }
    if (Arrays.equals(text, PUBLIC)) {
      return Video.Visibility.PUBLIC;
    }
    return Arrays.equals(text, FOLLOWERS) ? Video.Visibility.FOLLOWERS : Video.Visibility.PRIVATE;
  }

  /** Returns the number in a text of digits; 0 for an absent one. */
  private static long id(@Nullable Object digits) {
    long id = 0;
    if (digits instanceof byte[] text) {
      for (byte digit : text) {
        id = id * 10 + (digit - '0');
      }
    }
    return id;
  }
}
