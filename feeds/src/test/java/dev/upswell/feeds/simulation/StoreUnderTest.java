package dev.upswell.feeds.simulation;

import dev.upswell.feeds.FeedReads;
import dev.upswell.feeds.FeedWrites;
import java.util.concurrent.Executor;

/** A store as the simulation wants it. */
interface StoreUnderTest {
  /** A reader's view whose calls are steps of an executor. */
  FeedReads reads(Executor steps);

  /** The job's view whose calls are steps of an executor. */
  FeedWrites writes(Executor steps);

  /** Makes a feed vanish at once. */
  void expire(long user);
}
