package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import java.util.List;
import java.util.OptionalLong;

/**
 * One page of a feed.
 *
 * @param entries newest first; fewer than asked for does not mean that it is the last
 * @param next what to pass as {@code below} for the next page; empty at the end
 * @param source where it comes from
 * @param asOf when it was computed, in Unix milliseconds; empty unless it was kept since
 * @param degraded whether there was no time to read all outboxes, so that videos may be missing
 */
public record FeedPage(
    List<FeedEntry> entries,
    OptionalLong next,
    Source source,
    OptionalLong asOf,
    boolean degraded) {
  /** Where a page comes from. */
  public enum Source {
    /** The feed that is kept for the user. */
    WARM,
    /** The outboxes of those whom the user follows. */
    COMPUTED,
    /** The outboxes as they were a while ago, for a user who is not pushed to. */
    SNAPSHOT
  }

  /** Keeps its own copy. */
  public FeedPage {
    entries = List.copyOf(entries);
  }
}
