package dev.upswell.feeds.audience;

import dev.upswell.contract.redis.Following;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides what a viewer's events change.
 *
 * <p>A viewer is active from a session on until the activity window has passed without another.
 * Only active viewers stand in audiences. Whenever an edge has to become known to an audience, the
 * following gets a new epoch; a feed may be kept only once every audience knows the edges of that
 * epoch ({@link WarmUp}).
 *
 * <p>An event that changes nothing is answered with the following as it is. After a failure it may
 * be one that had an effect before, because events of different topics came in another order then;
 * what that wrote must not stay. Only a session of a viewer who is active anyway, by far the most
 * frequent, needs no answer: the audiences have all of that viewer's edges.
 *
 * <p>Epochs are drawn anew instead of counted, because after a failure the same count could stand
 * for another list of followees, and what an earlier run confirmed would seem to hold for it.
 */
public final class Viewer {
  private static final long[] NOBODY = new long[0];

  private final Duration activityWindow;
  private final LongSupplier epochs;

  /**
   * Creates the decisions.
   *
   * @param activityWindow how long after a session a viewer counts as active; positive
   * @param epochs positive numbers, none of them twice, not even after a restart
   */
  public Viewer(Duration activityWindow, LongSupplier epochs) {
    this.activityWindow = activityWindow;
    this.epochs = epochs;
  }

  /** Takes a change of a relation. */
  public Optional<ViewerChange> onRelation(ViewerState state, Relation relation) {
    long userId = relation.userId();
    long other = relation.otherId();
    Bond bond = state.bond(other).after(relation);
    state.bond(other, bond);
    int at = Arrays.binarySearch(state.followees(), other);
    if (bond.holds() == at >= 0) {
      return asItIs(state, userId);
    }
    return bond.holds()
        ? follow(state, userId, other, -at - 1)
        : unfollow(state, userId, other, at);
  }

  private Optional<ViewerChange> follow(ViewerState state, long userId, long other, int place) {
    long[] followees = state.followees();
    long[] more = new long[followees.length + 1];
    System.arraycopy(followees, 0, more, 0, place);
    more[place] = other;
    System.arraycopy(followees, place, more, place + 1, followees.length - place);
    state.followees(more);
    if (state.active() || state.epoch() == 0) {
      state.epoch(epochs.getAsLong());
    }
    long[] added = state.active() ? new long[] {other} : NOBODY;
    return Optional.of(change(state, userId, false, added, NOBODY));
  }

  private static Optional<ViewerChange> unfollow(
      ViewerState state, long userId, long other, int at) {
    long[] followees = state.followees();
    long[] fewer = new long[followees.length - 1];
    System.arraycopy(followees, 0, fewer, 0, at);
    System.arraycopy(followees, at + 1, fewer, at, fewer.length - at);
    state.followees(fewer);
    if (fewer.length == 0 && !state.active()) {
      state.epoch(0);
    }
    // No new epoch: an audience that knows a viewer too many costs a push, and readers drop it.
    long[] removed = state.active() ? new long[] {other} : NOBODY;
    return Optional.of(change(state, userId, false, NOBODY, removed));
  }

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
      return state.epoch() == 0 ? Optional.empty() : asItIs(state, userId);
    }
    state.active(true);
    if (state.followees().length == 0) {
      return Optional.empty();
    }
    state.epoch(epochs.getAsLong());
    return Optional.of(change(state, userId, false, state.followees(), NOBODY));
  }

  /** When an active viewer becomes inactive unless there is another session; Unix milliseconds. */
  public long idleAt(ViewerState state) {
    return state.lastSeen() + activityWindow.toMillis();
  }

  /** Takes it that time has passed; before {@link #idleAt} nothing happens. */
  public Optional<ViewerChange> onTime(ViewerState state, long userId, long now) {
    if (!state.active() || idleAt(state) > now) {
      return Optional.empty();
    }
    state.active(false);
    state.lastSeen(0);
    if (state.followees().length == 0) {
      state.epoch(0);
      return Optional.empty();
    }
    state.epoch(epochs.getAsLong());
    return Optional.of(change(state, userId, true, NOBODY, state.followees()));
  }

  private static Optional<ViewerChange> asItIs(ViewerState state, long userId) {
    return Optional.of(change(state, userId, false, NOBODY, NOBODY));
  }

  private static ViewerChange change(
      ViewerState state, long userId, boolean withdrawn, long[] added, long[] removed) {
    Following following = new Following(state.epoch(), state.followees());
    return new ViewerChange(userId, following, withdrawn, added, removed);
  }
}
