package dev.upswell.feeds;

import java.time.Duration;

/**
 * How a process reads feeds.
 *
 * @param budget after which a page is given with what has been read by then
 * @param visibleFor how long it is remembered that a video may be shown, and so how long at most
 *     one is shown that must not be any more; zero to ask each time
 * @param knownBytes memory for the newest videos of feeds that were read, about; 0 for none
 * @param trustFor how long a store that tells of changes is taken to have told all of them; zero to
 *     ask for each page
 */
public record FeedReadSettings(
    Duration budget, Duration visibleFor, long knownBytes, Duration trustFor) {
  /** Checks the ranges. */
  public FeedReadSettings {
    if (visibleFor.isNegative()) {
      throw new IllegalArgumentException("visibleFor: " + visibleFor + " (expected: 0 s or more)");
    }
    if (trustFor.isNegative()) {
      throw new IllegalArgumentException("trustFor: " + trustFor + " (expected: 0 s or more)");
    }
    if (knownBytes < 0) {
      throw new IllegalArgumentException("knownBytes: " + knownBytes + " (expected: 0 or more)");
    }
  }
}
