package dev.upswell.feeds.pull;

/**
 * Whether somebody has so many edges that videos are pulled along them instead of pushed.
 *
 * @param since when pulling began, in Unix milliseconds; 0 while videos are pushed
 * @param lowSince since when there are few enough to push again; 0 while there are not
 */
public record PullState(long since, long lowSince) {
  /** Videos are pushed. */
  public static final PullState NONE = new PullState(0, 0);

  /** Whether videos are pulled. */
  public boolean isOn() {
    return since != 0;
  }
}
