package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import java.util.List;
import java.util.OptionalLong;

/**
 * One page of a feed.
 *
 * @param entries newest first, as many as requested unless the feed ends, or the read timeout, or
 *     the bound of a read is reached first
 * @param next {@code below} of the next page; empty at the end
 * @param source state of the feed
 * @param asOf time of the snapshot, in Unix milliseconds; empty for other sources
 * @param degraded whether the timeout ended the read of outboxes, so that videos may be missing
 */
public record FeedPage(
    List<FeedEntry> entries,
    OptionalLong next,
    Source source,
    OptionalLong asOf,
    boolean degraded) {
  /** Feed state of a page. */
  public enum Source {
    /** A list in Redis that pushes keep complete. */
    WARM,
    /** A merge of the followees' outboxes for this request. */
    COMPUTED,
    /** A saved computed feed of a pulled viewer. */
    SNAPSHOT
  }

  /** Keeps its own copy. */
  public FeedPage {
    entries = List.copyOf(entries);
  }
}
