package dev.upswell.api.feed;

import com.linecorp.armeria.common.HttpData;
import dev.upswell.api.cursor.CursorCodec;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage;

/**
 * Writes a page as JSON.
 *
 * <p>By hand, because every feed request does it, and digits and constants need no escaping.
 */
final class FeedJson {
  private static final int BYTES_AN_ENTRY = 112;
  private static final int BYTES_AROUND = 160;

  private static final byte[] ENTRIES = AsciiWriter.fixed("{\"entries\":[");
  private static final byte[] FIRST_VIDEO = AsciiWriter.fixed("{\"videoId\":\"");
  private static final byte[] NEXT_VIDEO = AsciiWriter.fixed("\"},{\"videoId\":\"");
  private static final byte[] CREATOR = AsciiWriter.fixed("\",\"creatorId\":\"");
  private static final byte[] PUBLISHED = AsciiWriter.fixed("\",\"publishedAt\":\"");
  private static final byte[] END_OF_ENTRIES = AsciiWriter.fixed("\"}]");
  private static final byte[] NO_ENTRIES = AsciiWriter.fixed("]");
  private static final byte[] CURSOR = AsciiWriter.fixed(",\"cursor\":\"");
  private static final byte[] SOURCE = AsciiWriter.fixed(",\"source\":\"");
  private static final byte[] AS_OF = AsciiWriter.fixed(",\"asOf\":\"");
  private static final byte[] QUOTE = AsciiWriter.fixed("\"");
  private static final byte[] STALE = AsciiWriter.fixed(",\"stale\":true,\"ageMs\":");
  private static final byte[] FRESH = AsciiWriter.fixed(",\"stale\":false");
  private static final byte[] DEGRADED = AsciiWriter.fixed(",\"degraded\":[\"outboxes\"]}");
  private static final byte[] WHOLE = AsciiWriter.fixed(",\"degraded\":[]}");

  private FeedJson() {}

  static String nameOf(FeedPage.Source source) {
    return switch (source) {
      case WARM -> "warm";
      case COMPUTED -> "computed";
      case SNAPSHOT -> "snapshot";
    };
  }

  /** Writes a response. The cursor is sealed for the user. */
  static HttpData write(FeedReadResult answer, long userId, CursorCodec cursors) {
    FeedPage page = answer.page();
    AsciiWriter json = new AsciiWriter(BYTES_AROUND + BYTES_AN_ENTRY * page.entries().size());
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
    if (answer instanceof FeedReadResult.Stale old) {
      json.add(STALE).add(old.age().toMillis());
    } else {
      json.add(FRESH);
    }
    return json.add(page.degraded() ? DEGRADED : WHOLE).toData();
  }
}
