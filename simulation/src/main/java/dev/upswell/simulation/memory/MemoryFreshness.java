package dev.upswell.simulation.memory;

import dev.upswell.feeds.store.Freshness;
import java.util.function.BooleanSupplier;

/** Looks whether it is still so, and so knows it as of now. In the thread of the store. */
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
  public void end() {
    ended = true;
  }
}
