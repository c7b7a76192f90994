package dev.upswell.api.protection;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Circuit breaker of a store: closed, open, half open. Thread-safe.
 *
 * <p>It opens at a <em>number</em> of failures within a window, not at a rate: a store with ten
 * timeouts a minute is faulty, regardless of its successes. After its open time it is half open: it
 * admits a few calls, closes when all of them have succeeded, or opens again with the first
 * failure. Calls without a result do not keep it half open: after another open time, new ones are
 * admitted.
 *
 * <p>An admitted call must report its result with its pass. The closed state takes no lock.
 */
public final class CircuitBreaker {
  /** Pass of a rejected call. */
  public static final long REJECTED = -1;

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

  /** A state with its number, so that results of an earlier state are ignored. */
  private record Phase(State state, long number) {}

  /** State of the breaker. */
  public enum State {
    /** Admits all calls. */
    CLOSED(0),
    /** Admits a few calls as probes. */
    HALF_OPEN(1),
    /** Rejects all calls. */
    OPEN(2);

    private final int level;

    State(int level) {
      this.level = level;
    }

    /** Returns the value of the metric: 0 closed, 1 half open, 2 open. */
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

  /** Requests admission. Returns {@link #REJECTED}, or a pass for the result. */
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
        case OPEN -> REJECTED;
        case HALF_OPEN -> probing < settings.probes() ? probe() : REJECTED;
      };
    }
  }

  private long probe() {
    probing++;
    return phase.number;
  }

  /** Reports a success. */
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

  /** Reports a failure or timeout. */
  public void failed(long pass) {
    synchronized (lock) {
      if (pass != phase.number) {
        return;
      }
      long now = nanoClock.getAsLong();
      if (phase.state == State.HALF_OPEN) {
        change(State.OPEN, now);
      } else if (phase.state == State.CLOSED) {
        // A full ring means enough failures; the replaced one is the oldest.
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

  /** Reports a result that is unrelated to the store. */
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

  /** Returns the state. After the open time it becomes half open only with the next call. */
  public State state() {
    return phase.state;
  }

  /** Returns whether a call would be rejected now. */
  public boolean rejects() {
    return phase.state == State.OPEN && !remaining().isZero();
  }

  /** Returns how often the breaker has opened. */
  public long opened() {
    synchronized (lock) {
      return opened;
    }
  }

  /** Returns the remaining open time; zero unless it is open. */
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
