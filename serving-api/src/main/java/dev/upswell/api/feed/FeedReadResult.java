package dev.upswell.api.feed;

import dev.upswell.feeds.FeedPage;
import java.time.Duration;

/** Result of a feed read. */
sealed interface FeedReadResult {
  /** The page, however old. */
  FeedPage page();

  /** The current page. */
  record Fresh(FeedPage page) implements FeedReadResult {}

  /**
   * The last good page.
   *
   * @param age age of the page
   * @param withoutQuery whether the store was not queried, so that the request did not wait
   */
  record Stale(FeedPage page, Duration age, boolean withoutQuery) implements FeedReadResult {}
}
