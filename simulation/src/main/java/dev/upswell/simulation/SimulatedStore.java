package dev.upswell.simulation;

import dev.upswell.feeds.FeedReads;
import dev.upswell.feeds.FeedWrites;
import java.util.concurrent.Executor;

/** A store as the simulation wants it. */
public interface SimulatedStore {
  /** A reader's view whose calls are steps of an executor. */
  FeedReads reads(Executor steps);

  /** The job's view whose calls are steps of an executor. */
  FeedWrites writes(Executor steps);

  /** Makes the feeds of a user vanish at once. */
  void expire(long user);
}
