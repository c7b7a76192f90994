package dev.upswell.simulation;

import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import java.util.concurrent.Executor;

/** A store as the simulation wants it. */
public interface SimulatedStore {
  /** A reader's view whose calls are steps of an executor. */
  FeedStoreReader reads(Executor steps);

  /** The job's view whose calls are steps of an executor. */
  FeedStoreWriter writes(Executor steps);

  /** Makes the feeds of a user vanish at once. */
  void expire(long user);
}
