package dev.upswell.feeds.pull;

import dev.upswell.feeds.audience.LatencyHistogram;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Lowers the pull threshold while pushes are slow: halves the number of followers above which
 * creators are pulled, window by window, and doubles it after some fast windows. The largest
 * creators give way, because they cost most and every reader can merge their videos.
 *
 * @param above configured threshold in followers
 * @param target maximum 99th percentile of push latency
 */
public record AdaptivePullThreshold(long above, Duration target) implements Serializable {
  /** Below this, merging in costs readers more than pushing costs the job. */
  static final long LEAST = 10_000;

  /** Consecutive windows below half the target before the threshold rises. */
  static final int CALM_WINDOWS = 3;

  /**
   * State between windows.
   *
   * @param above current threshold in followers
   * @param calm consecutive fast windows
   */
  public record Level(long above, int calm) {}

  /** Nothing is late. */
  public Level none() {
    return new Level(above, 0);
  }

  /** Returns the level after a window; a window without pushes counts as fast. */
  public Level after(Level level, LatencyHistogram window) {
    long late = window.quantile(0.99);
    if (late > target.toMillis()) {
      return new Level(Math.min(above, Math.max(LEAST, level.above() / 2)), 0);
    }
    if (level.above() >= above || late > target.toMillis() / 2) {
      return new Level(level.above(), 0);
    }
    return level.calm() + 1 < CALM_WINDOWS
        ? new Level(level.above(), level.calm() + 1)
        : new Level(Math.min(above, 2 * level.above()), 0);
  }

  /** Returns the threshold to request when one level follows another; empty for no change. */
  public OptionalLong change(Level before, Level after) {
    if (before.above() == after.above()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(after.above());
  }
}
