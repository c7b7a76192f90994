package dev.upswell.feeds.audience;

/**
 * Whether somebody has so many edges that videos are pulled along them instead of pushed.
 *
 * @param since when pulling began, in Unix milliseconds; 0 while videos are pushed
 * @param lowSince since when there are few enough to push again; 0 while there are not
 */
public record Pull(long since, long lowSince) {
  /** Videos are pushed. */
  public static final Pull NONE = new Pull(0, 0);

  /** Whether videos are pulled. */
  public boolean isOn() {
    return since != 0;
  }
}
