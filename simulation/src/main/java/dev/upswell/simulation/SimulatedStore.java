package dev.upswell.simulation;

import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import java.util.concurrent.Executor;

/** A store for the simulation. */
public interface SimulatedStore {
  /** Returns the reader's port, whose calls are steps of an executor. */
  FeedStoreReader reads(Executor steps);

  /** Returns the job's port, whose calls are steps of an executor. */
  FeedStoreWriter writes(Executor steps);

  /** Makes the feeds of a user vanish at once. */
  void expire(long user);
}
