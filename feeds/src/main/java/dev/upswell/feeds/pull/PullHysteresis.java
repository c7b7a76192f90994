package dev.upswell.feeds.pull;

import java.io.Serializable;
import java.time.Duration;

/**
 * Decides between push and pull with hysteresis: pulled above a number of edges, until it was at
 * most nine tenths of that for the cooldown. Otherwise each edge at the threshold would change the
 * mode, at the cost of new feeds.
 *
 * @param above threshold in edges; not negative
 * @param cooldown cooldown; not negative
 */
public record PullHysteresis(long above, Duration cooldown) implements Serializable {
  /** Checks the ranges. */
  public PullHysteresis {
    if (above < 0) {
      throw new IllegalArgumentException("above: " + above + " (expected: 0 or more)");
    }
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException("hold: " + cooldown + " (expected: 0 or more)");
    }
  }

  /** The same rule with another number of edges. */
  public PullHysteresis withAbove(long edges) {
    return new PullHysteresis(edges, cooldown);
  }

  /** Returns the state for a number of edges. */
  public PullState after(PullState pull, long edges, long now) {
    long time = Math.max(1, now);
    if (!pull.isOn()) {
      return edges > above ? new PullState(time, 0) : pull;
    }
    // Nine tenths of the tens and of the rest, because nine times the whole may be too much.
    boolean low = edges <= above / 10 * 9 + above % 10 * 9 / 10;
    if (low == (pull.lowSince() != 0)) {
      return pull;
    }
    return new PullState(pull.since(), low ? time : 0);
  }

  /**
   * Returns the end of the pulled state without further changes; {@link Long#MAX_VALUE} if it does
   * not end.
   */
  public long endsAt(PullState pull) {
    return pull.lowSince() == 0 ? Long.MAX_VALUE : pull.lowSince() + cooldown.toMillis();
  }
}
