package dev.upswell.feeds.creator;

import dev.upswell.feeds.pull.PullState;

/** State of one creator. */
public interface CreatorState {
  /** Returns the number of followers, active or not. */
  long followers();

  /** Replaces {@link #followers}. */
  void followers(long count);

  /** Followers in the creator's audiences. */
  long members();

  /** Replaces {@link #members}. */
  void members(long count);

  /** Returns whether members are spread over all audiences, not in the first only. */
  boolean spread();

  /** Replaces {@link #spread}. */
  void spread(boolean isSpread);

  /** Returns whether the creator is pulled. */
  PullState pull();

  /** Replaces {@link #pull}. */
  void pull(PullState pull);

  /** Until when videos are pushed all the same, Unix milliseconds. */
  long pushUntil();

  /** Replaces {@link #pushUntil}. */
  void pushUntil(long millis);
}
