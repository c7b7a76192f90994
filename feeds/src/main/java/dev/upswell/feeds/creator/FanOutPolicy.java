package dev.upswell.feeds.creator;

import dev.upswell.contract.Hash64;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.pull.PullState;
import dev.upswell.feeds.viewer.EdgeAcknowledgement;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Decides whether videos of a creator are pushed, and to which audiences.
 *
 * <p>A creator has one audience, or several above a number of members. A fan-out of a million then
 * runs on all subtasks, and a fan-out of ten costs one message. Earlier members stay in the first
 * audience; later ones are distributed by id. No member is moved: a leaving viewer is removed from
 * both places, and a joining one gets a new feed anyway ({@link EdgeAcknowledgement}), which
 * includes a video in flight.
 *
 * <p>From push to pull, readers must know first. The creator is marked as pulled, and after the
 * acknowledgement the job continues to push for the refresh time of readers. From pull to push,
 * videos are pushed again at once. Existing feeds lack videos, so all feeds of the audiences are
 * deleted before the mark is removed.
 *
 * <p>All times are Unix milliseconds of this machine, not event times, because readers use the same
 * clock.
 *
 * @param audiences number of audiences of a large creator; positive
 * @param spreadAbove members above which there are several; not negative
 * @param consecutiveIds number of consecutive user ids that share an audience; positive. Small
 *     differences between members compress well, and feeds that were created together are pushed to
 *     together
 * @param announced time for which pushes continue after the mark is visible
 */
public record FanOutPolicy(int audiences, long spreadAbove, int consecutiveIds, Duration announced)
    implements Serializable {
  /** The only audience of most creators. */
  public static final int FIRST = 0;

  /** Checks the ranges. */
  public FanOutPolicy {
    if (audiences < 1) {
      throw new IllegalArgumentException("audiences: " + audiences + " (expected: 1 or more)");
    }
    if (spreadAbove < 0) {
      throw new IllegalArgumentException("spreadAbove: " + spreadAbove + " (expected: 0 or more)");
    }
    if (consecutiveIds < 1) {
      throw new IllegalArgumentException(
          "neighbours: " + consecutiveIds + " (expected: 1 or more)");
    }
  }

  // ---- Push or pull

  /** Adds to the number of followers. */
  public static void count(CreatorState state, int change) {
    state.followers(Math.max(0, state.followers() + change));
  }

  /**
   * Decides again between push and pull.
   *
   * @return whether the creator must be marked as pulled since the time in the state; {@link
   *     #written} follows after the acknowledgement
   */
  public static boolean mustPull(CreatorState state, PullHysteresis rule, long now) {
    boolean was = state.pull().isOn();
    state.pull(rule.after(state.pull(), state.followers(), now));
    if (was || !state.pull().isOn()) {
      return false;
    }
    state.pushUntil(Long.MAX_VALUE);
    return true;
  }

  /** Records that the mark is visible to readers. */
  public void written(CreatorState state, long now) {
    state.pushUntil(now + announced.toMillis());
  }

  /** Returns whether a video published now is pushed. */
  public static boolean pushes(CreatorState state, long now) {
    return !state.pull().isOn() || now < state.pushUntil();
  }

  /**
   * Ends the pulled state, if it is time.
   *
   * @return its start; the feeds of the audiences must be deleted
   */
  public static OptionalLong release(CreatorState state, PullHysteresis rule, long now) {
    PullState pull = state.pull();
    if (rule.endsAt(pull) > now) {
      return OptionalLong.empty();
    }
    state.pull(PullState.NONE);
    state.pushUntil(0);
    return OptionalLong.of(pull.since());
  }

  // ---- Audiences

  /** Returns the number of audiences of a video, numbered from 0. */
  public int parts(CreatorState state) {
    return state.spread() ? audiences : 1;
  }

  /** Adds a member and returns its audience. */
  public int join(CreatorState state, long userId) {
    state.members(state.members() + 1);
    if (state.members() > spreadAbove) {
      state.spread(true);
    }
    return state.spread() ? audienceOf(userId) : FIRST;
  }

  /** Removes a member, which may be in the first audience and in that of its id. */
  public void leave(CreatorState state) {
    state.members(Math.max(0, state.members() - 1));
    if (state.members() == 0) {
      state.spread(false);
    }
  }

  /** The audience of a user when there are several. */
  public int audienceOf(long userId) {
    return Math.floorMod(Hash64.spread(userId / consecutiveIds) >>> 32, audiences);
  }
}
