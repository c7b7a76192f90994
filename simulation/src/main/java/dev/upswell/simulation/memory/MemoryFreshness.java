package dev.upswell.simulation.memory;

import dev.upswell.feeds.store.Freshness;
import java.util.function.BooleanSupplier;

/** Compares with the current data on each call. Runs in the store's thread. */
final class MemoryFreshness implements Freshness {
  private final BooleanSupplier holds;
  private boolean ended;

  MemoryFreshness(BooleanSupplier holds) {
    this.holds = holds;
  }

  @Override
  public boolean isFreshAt(long nanos) {
    return !ended && holds.getAsBoolean();
  }

  @Override
  public void release() {
    ended = true;
  }
}
