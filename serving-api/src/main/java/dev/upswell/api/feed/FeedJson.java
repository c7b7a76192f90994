package dev.upswell.api.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.api.cursor.Cursors;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage;
import java.time.Instant;

/**
 * Writes a page as JSON.
 *
 * <p>By hand: it is only digits and fixed words, nothing that could need escaping, and every feed
 * request does it.
 */
final class FeedJson {
  private static final int BYTES_AN_ENTRY = 112;
  private static final int BYTES_AROUND = 160;

  private FeedJson() {}

  static String nameOf(FeedPage.Source source) {
    return switch (source) {
      case WARM -> "warm";
      case COMPUTED -> "computed";
      case KEPT -> "kept";
    };
  }

  /** An answer as it goes to its user, for whom the cursor is sealed. */
  static byte[] write(FeedAnswer answer, long userId, Cursors cursors) {
    FeedPage page = answer.page();
    StringBuilder json = new StringBuilder(BYTES_AROUND + BYTES_AN_ENTRY * page.entries().size());
    json.append("{\"entries\":[");
    String separator = "";
    for (FeedEntry entry : page.entries()) {
      json.append(separator)
          .append("{\"videoId\":\"")
          .append(entry.videoId())
          .append("\",\"creatorId\":\"")
          .append(entry.creatorId())
          .append("\",\"publishedAt\":\"")
          .append(Instant.ofEpochMilli(VideoIds.millisOf(entry.videoId())))
          .append("\"}");
      separator = ",";
    }
    json.append(']');
    page.next()
        .ifPresent(
            below -> json.append(",\"cursor\":\"").append(cursors.seal(userId, below)).append('"'));
    json.append(",\"source\":\"").append(nameOf(page.source())).append('"');
    page.asOf()
        .ifPresent(at -> json.append(",\"asOf\":\"").append(Instant.ofEpochMilli(at)).append('"'));
    if (answer instanceof FeedAnswer.Stale old) {
      json.append(",\"stale\":true,\"ageMs\":").append(old.age().toMillis());
    } else {
      json.append(",\"stale\":false");
    }
    return json.append(page.degraded() ? ",\"degraded\":[\"outboxes\"]}" : ",\"degraded\":[]}")
        .toString()
        .getBytes(US_ASCII);
  }
}
