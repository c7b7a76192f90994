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
 */
public record FeedPage(List<FeedEntry> entries, OptionalLong next, Source source) {
  /** Where a page comes from. */
  public enum Source {
    /** The feed that is kept for the user. */
    WARM,
    /** The outboxes of those whom the user follows. */
    COMPUTED
  }

  /** Keeps its own copy. */
  public FeedPage {
    entries = List.copyOf(entries);
  }
}
