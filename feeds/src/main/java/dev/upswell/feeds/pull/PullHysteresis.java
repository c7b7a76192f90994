package dev.upswell.feeds.pull;

import java.io.Serializable;
import java.time.Duration;

/**
 * When videos are pulled instead of pushed: above a number of edges, until there have been at most
 * nine tenths of it for a while. Without the gap and the while, somebody at the threshold would
 * change with every edge, and each change costs a rebuild of feeds.
 *
 * @param above edges; not negative
 * @param hold how long it has to stay low; not negative
 */
public record PullHysteresis(long above, Duration hold) implements Serializable {
  /** Checks the ranges. */
  public PullHysteresis {
    if (above < 0) {
      throw new IllegalArgumentException("above: " + above + " (expected: 0 or more)");
    }
    if (hold.isNegative()) {
      throw new IllegalArgumentException("hold: " + hold + " (expected: 0 or more)");
    }
  }

  /** The same rule with another number of edges. */
  public PullHysteresis withAbove(long edges) {
    return new PullHysteresis(edges, hold);
  }

  /** What becomes of it when there are so many edges. */
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

  /** When it ends unless there are more edges again; {@link Long#MAX_VALUE} if it does not. */
  public long endsAt(PullState pull) {
    return pull.lowSince() == 0 ? Long.MAX_VALUE : pull.lowSince() + hold.toMillis();
  }
}
