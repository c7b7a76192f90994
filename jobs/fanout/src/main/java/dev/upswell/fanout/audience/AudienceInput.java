package dev.upswell.fanout.audience;

import dev.upswell.feeds.audience.FanOut;
import org.apache.flink.api.java.tuple.Tuple2;

/** Input of one audience of a creator. */
public sealed interface AudienceInput {
  /** Returns the key of the stream: the creator and the number of the audience. */
  Tuple2<Long, Integer> audience();

  /** Something for all members. */
  record Begin(FanOut fanOut) implements AudienceInput {
    @Override
    public Tuple2<Long, Integer> audience() {
      return Tuple2.of(fanOut.creatorId(), fanOut.part());
    }
  }

  /**
   * A follower may be pushed to from now on.
   *
   * @param epoch of the follower's following, to be answered for
   */
  record Joined(long creatorId, int part, long userId, long epoch) implements AudienceInput {
    @Override
    public Tuple2<Long, Integer> audience() {
      return Tuple2.of(creatorId, part);
    }
  }

  /** A follower is not to be pushed to any more. */
  record Left(long creatorId, int part, long userId) implements AudienceInput {
    @Override
    public Tuple2<Long, Integer> audience() {
      return Tuple2.of(creatorId, part);
    }
  }
}
