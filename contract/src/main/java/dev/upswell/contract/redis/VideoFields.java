package dev.upswell.contract.redis;

/** The fields of the HASH at {@link RedisKeys#video}; all values are text. */
public final class VideoFields {
  /** Decimal id. */
  public static final String CREATOR_ID = "creatorId";

  /** Time of the first publication, Unix milliseconds. Every published video has it. */
  public static final String PUBLISHED_AT = "publishedAt";

  /** Length in milliseconds. */
  public static final String DURATION_MS = "durationMs";

  /** Category, one word. */
  public static final String CATEGORY = "category";

  /** Without '#', separated by commas, which no hashtag contains. */
  public static final String HASHTAGS = "hashtags";

  /** BCP 47. */
  public static final String LANGUAGE = "language";

  /** ISO 3166-1 alpha-2. */
  public static final String REGION = "region";

  /** Event time of these fields, Unix milliseconds; an earlier record has no effect. */
  public static final String AT = "at";

  /**
   * The visibility of the video: the name of a {@code Video.Visibility}, never the unspecified one.
   * Every published video has it.
   */
  public static final String VISIBILITY = "visibility";

  /** Time of the removal, Unix milliseconds. Present after it, permanently. */
  public static final String REMOVED = "removed";

  private VideoFields() {}
}
