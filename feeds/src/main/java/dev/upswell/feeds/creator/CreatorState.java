package dev.upswell.feeds.creator;

import dev.upswell.feeds.pull.PullState;

/** What is remembered of one creator, wherever it is kept. */
public interface CreatorState {
  /** Who follows the creator, active or not. */
  long followers();

  /** Replaces {@link #followers}. */
  void followers(long count);

  /** Followers in the creator's audiences. */
  long members();

  /** Replaces {@link #members}. */
  void members(long count);

  /** Whether members are spread over all audiences, and not in the first only. */
  boolean spread();

  /** Replaces {@link #spread}. */
  void spread(boolean isSpread);

  /** Whether the creator has too many followers to push to. */
  PullState pull();

  /** Replaces {@link #pull}. */
  void pull(PullState pull);

  /** Until when videos are pushed all the same, Unix milliseconds. */
  long pushUntil();

  /** Replaces {@link #pushUntil}. */
  void pushUntil(long millis);
}
