package dev.upswell.api.feed;

import com.linecorp.armeria.common.HttpData;
import dev.upswell.api.cursor.Cursors;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage;

/**
 * Writes a page as JSON.
 *
 * <p>By hand: it is only digits and fixed words, nothing that could need escaping, and every feed
 * request does it.
 */
final class FeedJson {
  private static final int BYTES_AN_ENTRY = 112;
  private static final int BYTES_AROUND = 160;

  private static final byte[] ENTRIES = AsciiBytes.fixed("{\"entries\":[");
  private static final byte[] FIRST_VIDEO = AsciiBytes.fixed("{\"videoId\":\"");
  private static final byte[] NEXT_VIDEO = AsciiBytes.fixed("\"},{\"videoId\":\"");
  private static final byte[] CREATOR = AsciiBytes.fixed("\",\"creatorId\":\"");
  private static final byte[] PUBLISHED = AsciiBytes.fixed("\",\"publishedAt\":\"");
  private static final byte[] END_OF_ENTRIES = AsciiBytes.fixed("\"}]");
  private static final byte[] NO_ENTRIES = AsciiBytes.fixed("]");
  private static final byte[] CURSOR = AsciiBytes.fixed(",\"cursor\":\"");
  private static final byte[] SOURCE = AsciiBytes.fixed(",\"source\":\"");
  private static final byte[] AS_OF = AsciiBytes.fixed(",\"asOf\":\"");
  private static final byte[] QUOTE = AsciiBytes.fixed("\"");
  private static final byte[] STALE = AsciiBytes.fixed(",\"stale\":true,\"ageMs\":");
  private static final byte[] FRESH = AsciiBytes.fixed(",\"stale\":false");
  private static final byte[] DEGRADED = AsciiBytes.fixed(",\"degraded\":[\"outboxes\"]}");
  private static final byte[] WHOLE = AsciiBytes.fixed(",\"degraded\":[]}");

  private FeedJson() {}

  static String nameOf(FeedPage.Source source) {
    return switch (source) {
      case WARM -> "warm";
      case COMPUTED -> "computed";
      case KEPT -> "kept";
    };
  }

  /** An answer as it goes to its user, for whom the cursor is sealed. */
  static HttpData write(FeedAnswer answer, long userId, Cursors cursors) {
    FeedPage page = answer.page();
    AsciiBytes json = new AsciiBytes(BYTES_AROUND + BYTES_AN_ENTRY * page.entries().size());
    json.add(ENTRIES);
    for (int i = 0; i < page.entries().size(); i++) {
      FeedEntry entry = page.entries().get(i);
      json.add(i == 0 ? FIRST_VIDEO : NEXT_VIDEO).add(entry.videoId());
      json.add(CREATOR).add(entry.creatorId());
      json.add(PUBLISHED).addTime(VideoIds.millisOf(entry.videoId()));
    }
    json.add(page.entries().isEmpty() ? NO_ENTRIES : END_OF_ENTRIES);
    if (page.next().isPresent()) {
      json.add(CURSOR).add(cursors.seal(userId, page.next().getAsLong())).add(QUOTE);
    }
    json.add(SOURCE).add(nameOf(page.source())).add(QUOTE);
    if (page.asOf().isPresent()) {
      json.add(AS_OF).addTime(page.asOf().getAsLong()).add(QUOTE);
    }
    if (answer instanceof FeedAnswer.Stale old) {
      json.add(STALE).add(old.age().toMillis());
    } else {
      json.add(FRESH);
    }
    return json.add(page.degraded() ? DEGRADED : WHOLE).toData();
  }
}
