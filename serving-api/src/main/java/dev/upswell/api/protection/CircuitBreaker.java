package dev.upswell.api.protection;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Leaves a store alone that has failed often: closed, open, half open. Thread-safe.
 *
 * <p>It opens at a <em>count</em> of failures within a window, not at a share of them: a store that
 * lets ten requests a minute wait for their deadline is in trouble, however many others it answers.
 * Once it has been open for its time it is half open: a few are let through, and it closes when as
 * many have succeeded, or opens again with the first that fails. Probes that never tell how they
 * ended do not hold it half open: after as long as it was open new ones are let through.
 *
 * <p>Who is let through has to tell how it ended, with the pass it got. While it is closed that
 * takes no lock.
 */
public final class CircuitBreaker {
  /** The pass of those who are not let through. */
  public static final long REFUSED = -1;

  private final BreakerSettings settings;
  private final LongSupplier nanoClock;

  /** Times of the last failures, a ring. */
  private final long[] failedAt;

  private final Object lock = new Object();

  private volatile Phase phase = new Phase(State.CLOSED, 0);

  private int failures;
  private long since;
  private int probing;
  private int succeeded;
  private long opened;

  /** A state and its number, so that nobody tells of one that is over. */
  private record Phase(State state, long number) {}

  /** What it does with those who come. */
  public enum State {
    /** Lets all through. */
    CLOSED(0),
    /** Lets a few through, to see how they fare. */
    HALF_OPEN(1),
    /** Lets nobody through. */
    OPEN(2);

    private final int level;

    State(int level) {
      this.level = level;
    }

    /** As metrics have it: 0 closed, 1 half open, 2 open. */
    public int level() {
      return level;
    }
  }

  /**
   * A closed breaker.
   *
   * @param nanoClock nanoseconds since some moment, never stepping back
   */
  public CircuitBreaker(BreakerSettings settings, LongSupplier nanoClock) {
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.failedAt = new long[settings.failures()];
  }

  /** Asks to be let through; {@link #REFUSED}, or a pass with which to tell how it ended. */
  public long enter() {
    Phase current = phase;
    if (current.state == State.CLOSED) {
      return current.number;
    }
    synchronized (lock) {
      long now = nanoClock.getAsLong();
      boolean waited = now - since >= settings.open().toNanos();
      if (phase.state == State.OPEN && waited) {
        change(State.HALF_OPEN, now);
      } else if (phase.state == State.HALF_OPEN && waited) {
        probing = 0;
        since = now;
      }
      return switch (phase.state) {
        case CLOSED -> phase.number;
        case OPEN -> REFUSED;
        case HALF_OPEN -> probing < settings.probes() ? probe() : REFUSED;
      };
    }
  }

  private long probe() {
    probing++;
    return phase.number;
  }

  /** Tells that the store answered. */
  public void succeeded(long pass) {
    if (phase.state == State.CLOSED) {
      return;
    }
    synchronized (lock) {
      if (phase.state == State.HALF_OPEN && pass == phase.number) {
        probing = Math.max(0, probing - 1);
        succeeded++;
        if (succeeded >= settings.probes()) {
          change(State.CLOSED, nanoClock.getAsLong());
        }
      }
    }
  }

  /** Tells that the store failed, or did not answer in time. */
  public void failed(long pass) {
    synchronized (lock) {
      if (pass != phase.number) {
        return;
      }
      long now = nanoClock.getAsLong();
      if (phase.state == State.HALF_OPEN) {
        change(State.OPEN, now);
      } else if (phase.state == State.CLOSED) {
        // The ring is full when as many failed; the one that is replaced is the oldest of them.
        int place = failures % failedAt.length;
        failedAt[place] = now;
        failures++;
        long oldest = failedAt[failures % failedAt.length];
        if (failures >= failedAt.length && now - oldest < settings.window().toNanos()) {
          change(State.OPEN, now);
        }
      }
    }
  }

  /** Tells that it ended in a way that says nothing of the store. */
  public void ignored(long pass) {
    if (phase.state == State.CLOSED) {
      return;
    }
    synchronized (lock) {
      if (phase.state == State.HALF_OPEN && pass == phase.number) {
        probing = Math.max(0, probing - 1);
      }
    }
  }

  private void change(State next, long now) {
    phase = new Phase(next, phase.number + 1);
    since = now;
    probing = 0;
    succeeded = 0;
    failures = 0;
    Arrays.fill(failedAt, 0);
    if (next == State.OPEN) {
      opened++;
    }
  }

  /** The state; one that has been open for its time is half open only when somebody comes. */
  public State state() {
    return phase.state;
  }

  /** Whether somebody who came now would not be let through, because it is open. */
  public boolean refuses() {
    return phase.state == State.OPEN && !remaining().isZero();
  }

  /** How often it has opened. */
  public long opened() {
    synchronized (lock) {
      return opened;
    }
  }

  /** How long nobody will be let through from now on; zero unless it is open. */
  public Duration remaining() {
    synchronized (lock) {
      if (phase.state != State.OPEN) {
        return Duration.ZERO;
      }
      long left = settings.open().toNanos() - (nanoClock.getAsLong() - since);
      return Duration.ofNanos(Math.max(0, left));
    }
  }
}
