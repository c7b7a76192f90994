package dev.upswell.feeds.simulation;

import dev.upswell.contract.events.Follow;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What happens to the system from outside. */
sealed interface Event {
  /** A creator publishes the next video. */
  record Publish(long creator) implements Event {}

  /** A creator removes a video, so many before the newest. */
  record Remove(long creator, int back) implements Event {}

  /** A user says something about another. */
  record Relate(long user, long other, Follow.Type type) implements Event {}

  /** A user opens the app. */
  record Open(long user) implements Event {}

  /** Event time moves on; viewers become idle. */
  record Wait(int minutes) implements Event {}

  /** A user reads the whole feed, page by page, while other things happen. */
  record Read(long user, int limit) implements Event {}

  /** A feed expires or is evicted. */
  record Expire(long user) implements Event {}

  /** The job makes a checkpoint. */
  record Checkpoint() implements Event {}

  /** The job fails, and goes on from its newest checkpoint. */
  record Crash() implements Event {}

  /** Everything under way comes to its end, and feeds are compared with the model. */
  record Settle() implements Event {}

  /** Events of a small world, in which everybody has to do with everybody. */
  static Arbitrary<Event> any() {
    Arbitrary<Long> user = Arbitraries.longs().between(1, FeedSimulation.USERS);
    Arbitrary<Follow.Type> change =
        Arbitraries.frequency(
            Tuple.of(6, Follow.Type.FOLLOW),
            Tuple.of(2, Follow.Type.UNFOLLOW),
            Tuple.of(1, Follow.Type.BLOCK),
            Tuple.of(1, Follow.Type.UNBLOCK));
    return Arbitraries.frequencyOf(
        Tuple.of(12, user.map(Publish::new)),
        Tuple.of(
            2, Combinators.combine(user, Arbitraries.integers().between(0, 5)).as(Remove::new)),
        Tuple.of(
            8,
            Combinators.combine(user, user, change)
                .filter((one, other, type) -> !one.equals(other))
                .as(Relate::new)),
        Tuple.of(6, user.map(Open::new)),
        Tuple.of(2, Arbitraries.integers().between(1, 70).map(Wait::new)),
        Tuple.of(10, Combinators.combine(user, Arbitraries.integers().between(1, 4)).as(Read::new)),
        Tuple.of(2, user.map(Expire::new)),
        Tuple.of(1, Arbitraries.create(Checkpoint::new)),
        Tuple.of(1, Arbitraries.create(Crash::new)),
        Tuple.of(1, Arbitraries.create(Settle::new)));
  }
}
