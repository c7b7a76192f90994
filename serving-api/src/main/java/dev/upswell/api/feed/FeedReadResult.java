package dev.upswell.api.feed;

import dev.upswell.feeds.FeedPage;
import java.time.Duration;

/** What can be given of a feed. */
sealed interface FeedReadResult {
  /** The page, however old. */
  FeedPage page();

  /** As the store has it now. */
  record Fresh(FeedPage page) implements FeedReadResult {}

  /**
   * As it was when the store last answered.
   *
   * @param age how long ago that was
   * @param atOnce whether the store was not even asked, so that nobody waited for it
   */
  record Stale(FeedPage page, Duration age, boolean atOnce) implements FeedReadResult {}
}
