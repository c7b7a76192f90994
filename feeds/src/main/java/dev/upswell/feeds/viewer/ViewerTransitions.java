package dev.upswell.feeds.viewer;

import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.pull.PullState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides the effects of a viewer's events.
 *
 * <p>A viewer is active from a session until the activity window ends without another one. Only
 * active viewers that are not pulled are members of audiences. Every change that adds an edge gives
 * the following a new epoch, and the feed becomes warm only after all audiences acknowledged its
 * edges ({@link EdgeAcknowledgement}). The following of a pulled viewer has a negative epoch, which
 * never becomes warm.
 *
 * <p>An event without effect still rewrites the following. After a failure it may have had an
 * effect before, because events of different topics arrived in another order, and that write must
 * not stay. Only a session of an active viewer, by far the most frequent event, needs no write: the
 * audiences have all edges.
 *
 * <p>Epochs are random, not counted. After a failure the same count could stand for another list of
 * followees, and an earlier acknowledgement would match it.
 */
public final class ViewerTransitions {
  private static final long[] NO_IDS = new long[0];

  private final Duration activityWindow;
  private final PullHysteresis pullRule;
  private final LongSupplier epochs;

  /**
   * Creates the transitions.
   *
   * @param activityWindow time after a session for which a viewer is active; positive
   * @param pullRule threshold for pulled viewers
   * @param epochs positive, unique numbers, also across restarts
   */
  public ViewerTransitions(Duration activityWindow, PullHysteresis pullRule, LongSupplier epochs) {
    this.activityWindow = activityWindow;
    this.pullRule = pullRule;
    this.epochs = epochs;
  }

  // ---- Relations

  /**
   * Applies a change of a relationship.
   *
   * @param now current event time, in Unix milliseconds
   */
  public ViewerChange onRelation(ViewerState state, RelationshipEvent relation, long now) {
    long userId = relation.userId();
    long other = relation.otherId();
    RelationshipState relationship = state.relationship(other).after(relation);
    state.relationship(other, relationship);
    int at = Arrays.binarySearch(state.followees(), other);
    ViewerChange change;
    if (relationship.holds() == at >= 0) {
      change = asItIs(state, userId);
    } else if (relationship.holds()) {
      change = follow(state, userId, other, -at - 1, now).gainedBy(other);
    } else {
      change = unfollow(state, userId, other, at, now).lostBy(other);
    }
    return change.withTombstone(RelationshipTombstone.of(relation, relationship));
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
      // Also for a viewer who was pulled before, because the snapshot lacks the new creator's
      // videos.
      state.epoch(-epochs.getAsLong());
      ViewerChange change = asItIs(state, userId);
      return wasPulled ? change : change.withdrawing(state.active() ? known : NO_IDS);
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
    // No new epoch: a superfluous member of an audience costs a push, which readers drop.
    ViewerChange change = asItIs(state, userId);
    return isInAudiences(state) ? change.removing(other) : change;
  }

  // ---- Activity

  /**
   * Applies a session.
   *
   * @param at event time of the session, in Unix milliseconds
   * @param now current event time; a session older than the activity window has no effect
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

  /** Applies the passage of time; no effect before {@link #nextTime}. */
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

  /**
   * Returns the next time at which {@link #onTime} may have an effect, Unix milliseconds; {@link
   * Long#MAX_VALUE} for none.
   */
  public long nextTime(ViewerState state) {
    long idle = state.active() ? idleAt(state) : Long.MAX_VALUE;
    return Math.min(idle, pullRule.endsAt(state.pull()));
  }

  private long idleAt(ViewerState state) {
    return state.lastSeen() + activityWindow.toMillis();
  }

  // ---- Rebuild

  /** Returns the writes that restore lost Redis data; empty if there are none. */
  public Optional<ViewerChange> rebuild(ViewerState state, long userId) {
    if (state.epoch() == 0) {
      return Optional.empty();
    }
    ViewerChange change = asItIs(state, userId);
    return Optional.of(isInAudiences(state) ? change.acknowledged() : change);
  }

  /** Returns whether the viewer is a member of audiences. */
  public static boolean isInAudiences(ViewerState state) {
    return state.active() && !state.pull().isOn();
  }

  /** Creates a new epoch, which the audiences of an active viewer must acknowledge. */
  private ViewerChange join(ViewerState state, long userId) {
    state.epoch(epochs.getAsLong());
    ViewerChange change = asItIs(state, userId);
    return state.active() ? change.adding(state.followees()) : change;
  }

  private static ViewerChange asItIs(ViewerState state, long userId) {
    return ViewerChange.of(userId, new Following(state.epoch(), state.followees()));
  }
}
