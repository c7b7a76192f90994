package dev.upswell.feeds.pull;

/**
 * Pulled state of a creator or viewer.
 *
 * @param since start of the pulled state, in Unix milliseconds; 0 while pushed
 * @param lowSince start of the cooldown; 0 outside of it
 */
public record PullState(long since, long lowSince) {
  /** Videos are pushed. */
  public static final PullState NONE = new PullState(0, 0);

  /** Returns whether videos are pulled. */
  public boolean isOn() {
    return since != 0;
  }
}
