package dev.upswell.feeds.pull;

import dev.upswell.feeds.audience.LatencyHistogram;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Pushes to fewer when pushes are late: halves the number of followers above which creators are
 * pulled, window by window, and doubles it again after some windows without haste. The largest
 * creators, who cost most and whose videos every reader can merge in, give way to all others.
 *
 * @param above followers above which creators are pulled when nothing is late
 * @param budget how late the 99th percentile of pushes may be
 */
public record AdaptivePullThreshold(long above, Duration budget) implements Serializable {
  /** Below this, merging in costs readers more than pushing costs the job. */
  static final long LEAST = 10_000;

  /** Windows in a row with less than half the budget, before it is more again. */
  static final int CALM_WINDOWS = 3;

  /**
   * What is remembered from window to window.
   *
   * @param above followers above which creators are pulled now
   * @param calm windows in a row that were in time
   */
  public record Level(long above, int calm) {}

  /** Nothing is late. */
  public Level none() {
    return new Level(above, 0);
  }

  /** The level after a window; what was pushed in none was late in none. */
  public Level after(Level level, LatencyHistogram window) {
    long late = window.quantile(0.99);
    if (late > budget.toMillis()) {
      return new Level(Math.min(above, Math.max(LEAST, level.above() / 2)), 0);
    }
    if (level.above() >= above || late > budget.toMillis() / 2) {
      return new Level(level.above(), 0);
    }
    return level.calm() + 1 < CALM_WINDOWS
        ? new Level(level.above(), level.calm() + 1)
        : new Level(Math.min(above, 2 * level.above()), 0);
  }

  /** What has to be said when one level follows another; empty if nothing. */
  public OptionalLong change(Level before, Level after) {
    if (before.above() == after.above()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(after.above());
  }
}
