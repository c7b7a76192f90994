package dev.upswell.contract.redis;

/** The fields of the HASH at {@link RedisKeys#video}; all values are text. */
public final class VideoFields {
  /** Decimal id. */
  public static final String CREATOR_ID = "creatorId";

  /** Unix milliseconds. Every published video has it. */
  public static final String PUBLISHED_AT = "publishedAt";

  /** Length in milliseconds. */
  public static final String DURATION_MS = "durationMs";

  /** One word. */
  public static final String CATEGORY = "category";

  /** Without '#', separated by commas. */
  public static final String HASHTAGS = "hashtags";

  /** BCP 47. */
  public static final String LANGUAGE = "language";

  /** ISO 3166-1 alpha-2. */
  public static final String REGION = "region";

  /** When all of these were said, Unix milliseconds; what was said earlier does not count. */
  public static final String AT = "at";

  /** There only while nobody but the creator may see it. */
  public static final String PRIVATE = "private";

  /** When it was removed, Unix milliseconds. There only once it is; never taken back. */
  public static final String REMOVED = "removed";

  private VideoFields() {}
}
