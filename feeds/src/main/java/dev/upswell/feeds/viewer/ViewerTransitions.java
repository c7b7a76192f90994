package dev.upswell.feeds.viewer;

import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.pull.PullState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides what a viewer's events change.
 *
 * <p>A viewer is active from a session on until the activity window has passed without another.
 * Only active viewers stand in audiences, and of those only who does not follow too many. Whenever
 * an edge has to become known to an audience, the following gets a new epoch; a feed may be kept
 * only once every audience knows the edges of that epoch ({@link EdgeAcknowledgement}). The
 * following of a viewer who follows too many has a negative epoch, which never becomes known.
 *
 * <p>An event that changes nothing is answered with the following as it is. After a failure it may
 * be one that had an effect before, because events of different topics came in another order then;
 * what that wrote must not stay. Only a session of a viewer who is active anyway, by far the most
 * frequent, needs no answer: the audiences have all of that viewer's edges.
 *
 * <p>Epochs are drawn anew instead of counted, because after a failure the same count could stand
 * for another list of followees, and what an earlier run confirmed would seem to hold for it.
 */
public final class ViewerTransitions {
  private static final long[] NOBODY = new long[0];

  private final Duration activityWindow;
  private final PullHysteresis pullRule;
  private final LongSupplier epochs;

  /**
   * Creates the decisions.
   *
   * @param activityWindow how long after a session a viewer counts as active; positive
   * @param pullRule how many followees are too many to be pushed to
   * @param epochs positive numbers, none of them twice, not even after a restart
   */
  public ViewerTransitions(Duration activityWindow, PullHysteresis pullRule, LongSupplier epochs) {
    this.activityWindow = activityWindow;
    this.pullRule = pullRule;
    this.epochs = epochs;
  }

  // ---- Relations

  /**
   * Takes a change of a relation.
   *
   * @param now event time now, in Unix milliseconds
   */
  public ViewerChange onRelation(ViewerState state, RelationshipEvent relation, long now) {
    long userId = relation.userId();
    long other = relation.otherId();
    RelationshipState bond = state.bond(other).after(relation);
    state.bond(other, bond);
    int at = Arrays.binarySearch(state.followees(), other);
    ViewerChange change;
    if (bond.holds() == at >= 0) {
      change = asItIs(state, userId);
    } else if (bond.holds()) {
      change = follow(state, userId, other, -at - 1, now).gainedBy(other);
    } else {
      change = unfollow(state, userId, other, at, now).lostBy(other);
    }
    return change.saying(RelationshipTombstone.of(relation, bond));
  }

  private ViewerChange follow(ViewerState state, long userId, long other, int place, long now) {
    long[] known = state.followees();
    long[] more = new long[known.length + 1];
    System.arraycopy(known, 0, more, 0, place);
    more[place] = other;
    System.arraycopy(known, place, more, place + 1, known.length - place);
    state.followees(more);

    boolean wasPulled = state.pull().isOn();
    state.pull(pullRule.after(state.pull(), more.length, now));
    if (state.pull().isOn()) {
      // Also for one who was pulled before: the feed that is kept lacks the new creator's videos.
      state.epoch(-epochs.getAsLong());
      ViewerChange change = asItIs(state, userId);
      return wasPulled ? change : change.withdrawing(state.active() ? known : NOBODY);
    }
    if (state.active() || state.epoch() == 0) {
      state.epoch(epochs.getAsLong());
    }
    ViewerChange change = asItIs(state, userId);
    return state.active() ? change.adding(other) : change;
  }

  private ViewerChange unfollow(ViewerState state, long userId, long other, int at, long now) {
    long[] known = state.followees();
    long[] fewer = new long[known.length - 1];
    System.arraycopy(known, 0, fewer, 0, at);
    System.arraycopy(known, at + 1, fewer, at, fewer.length - at);
    state.followees(fewer);
    state.pull(pullRule.after(state.pull(), fewer.length, now));
    if (fewer.length == 0 && !state.active() && !state.pull().isOn()) {
      state.epoch(0);
    }
    // No new epoch: an audience that knows a viewer too many costs a push, and readers drop it.
    ViewerChange change = asItIs(state, userId);
    return isInAudiences(state) ? change.removing(other) : change;
  }

  // ---- Activity

  /**
   * Takes a session.
   *
   * @param at when it was, in Unix milliseconds
   * @param now event time now; a session longer ago than the activity window does not activate
   */
  public Optional<ViewerChange> onSession(ViewerState state, long userId, long at, long now) {
    if (at > state.lastSeen()) {
      state.lastSeen(at);
    }
    if (state.active()) {
      return Optional.empty();
    }
    if (idleAt(state) <= now) {
      state.lastSeen(0);
      return state.epoch() == 0 ? Optional.empty() : Optional.of(asItIs(state, userId));
    }
    state.active(true);
    if (state.followees().length == 0) {
      return Optional.empty();
    }
    return Optional.of(state.pull().isOn() ? asItIs(state, userId) : join(state, userId));
  }

  /** Takes it that time has passed; before {@link #nextTime} nothing happens. */
  public Optional<ViewerChange> onTime(ViewerState state, long userId, long now) {
    boolean idle = state.active() && idleAt(state) <= now;
    boolean wasInAudiences = isInAudiences(state);
    if (idle) {
      state.active(false);
      state.lastSeen(0);
    }
    boolean released = pullRule.endsAt(state.pull()) <= now;
    if (released) {
      state.pull(PullState.NONE);
    }
    if (!idle && !released) {
      return Optional.empty();
    }
    if (state.followees().length == 0) {
      if (!state.active() && !state.pull().isOn()) {
        state.epoch(0);
      }
      return Optional.empty();
    }
    if (released) {
      return Optional.of(join(state, userId));
    }
    if (!wasInAudiences) {
      return Optional.of(asItIs(state, userId));
    }
    state.epoch(epochs.getAsLong());
    return Optional.of(asItIs(state, userId).withdrawing(state.followees()));
  }

  /** When {@link #onTime} may have something to do, Unix milliseconds; the most there is if not. */
  public long nextTime(ViewerState state) {
    long idle = state.active() ? idleAt(state) : Long.MAX_VALUE;
    return Math.min(idle, pullRule.endsAt(state.pull()));
  }

  private long idleAt(ViewerState state) {
    return state.lastSeen() + activityWindow.toMillis();
  }

  // ---- Rebuild

  /** What is to be written where Redis has lost it; empty if there is nothing. */
  public Optional<ViewerChange> rebuild(ViewerState state, long userId) {
    if (state.epoch() == 0) {
      return Optional.empty();
    }
    ViewerChange change = asItIs(state, userId);
    return Optional.of(isInAudiences(state) ? change.knowing() : change);
  }

  /** Whether the audiences have this viewer. */
  public static boolean isInAudiences(ViewerState state) {
    return state.active() && !state.pull().isOn();
  }

  /** A new epoch, which active viewers have to be known at. */
  private ViewerChange join(ViewerState state, long userId) {
    state.epoch(epochs.getAsLong());
    ViewerChange change = asItIs(state, userId);
    return state.active() ? change.adding(state.followees()) : change;
  }

  private static ViewerChange asItIs(ViewerState state, long userId) {
    return ViewerChange.of(userId, new Following(state.epoch(), state.followees()));
  }
}
