package dev.upswell.feeds.creator;

import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.pull.PullState;
import dev.upswell.feeds.viewer.EdgeAcknowledgement;
import java.io.Serializable;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Decides whether a creator's videos are pushed, and to which audiences.
 *
 * <p>A creator has one audience, or, above a number of members, several: a fan-out of a million
 * then runs on all subtasks, and a fan-out of ten costs one message. Who joined before stays in the
 * first; who joins later goes where the id says. Nobody has to be moved: a viewer who leaves is
 * taken out of both places, and whoever joins gets a new feed anyway ({@link EdgeAcknowledgement}),
 * so a video that is on its way at that moment is in it.
 *
 * <p>From push to pull: readers have to know first. So it is written that the creator is pulled;
 * when that is acknowledged the job goes on pushing for as long as a reader may not have read it.
 * From pull to push: videos are pushed again at once; every feed that was there meanwhile lacks
 * some, so all feeds of the audiences are dropped; only then is it taken back that the creator is
 * pulled.
 *
 * <p>All times are Unix milliseconds of this machine, not of events: readers live in that time.
 *
 * @param audiences how many audiences a large creator has; positive
 * @param spreadAbove members from which on there are several; not negative
 * @param neighbours how many users with ids in a row share an audience; positive. Differences
 *     between members are small then, which is what they are stored as, and feeds that were made
 *     together are pushed to together
 * @param announced how long pushes go on after readers could know that the creator is pulled
 */
public record FanOutPolicy(int audiences, long spreadAbove, int neighbours, Duration announced)
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
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours: " + neighbours + " (expected: 1 or more)");
    }
  }

  // ---- Push or pull

  /** Takes it that followers came or went. */
  public static void count(CreatorState state, int change) {
    state.followers(Math.max(0, state.followers() + change));
  }

  /**
   * Decides anew.
   *
   * @return whether it has to be written that the creator is pulled, since the time in the state;
   *     {@link #written} is told when that is acknowledged
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

  /** Takes it that readers can know that the creator is pulled. */
  public void written(CreatorState state, long now) {
    state.pushUntil(now + announced.toMillis());
  }

  /** Whether a video that is published now is pushed. */
  public static boolean pushes(CreatorState state, long now) {
    return !state.pull().isOn() || now < state.pushUntil();
  }

  /**
   * Ends pulling, if it is time.
   *
   * @return since when it was; the feeds of the audiences have to be dropped
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

  /** How many audiences a video goes to: those from 0 on. */
  public int parts(CreatorState state) {
    return state.spread() ? audiences : 1;
  }

  /** Takes a member in, and returns the audience that it goes to. */
  public int join(CreatorState state, long userId) {
    state.members(state.members() + 1);
    if (state.members() > spreadAbove) {
      state.spread(true);
    }
    return state.spread() ? audienceOf(userId) : FIRST;
  }

  /** Lets a member go, who may be in the first audience and in the one of the id. */
  public void leave(CreatorState state) {
    state.members(Math.max(0, state.members() - 1));
    if (state.members() == 0) {
      state.spread(false);
    }
  }

  /** The audience of a user when there are several. */
  public int audienceOf(long userId) {
    // Numbers in a row differ in their last bits only; multiplying spreads them over all.
    return Math.floorMod((userId / neighbours * 0x9E3779B97F4A7C15L) >>> 32, audiences);
  }
}
