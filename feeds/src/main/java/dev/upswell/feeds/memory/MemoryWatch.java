package dev.upswell.feeds.memory;

import dev.upswell.feeds.Watch;
import java.util.function.BooleanSupplier;

/** Looks whether it is still so, and so knows it as of now. In the thread of the store. */
final class MemoryWatch implements Watch {
  private final BooleanSupplier holds;
  private boolean ended;

  MemoryWatch(BooleanSupplier holds) {
    this.holds = holds;
  }

  @Override
  public boolean holdsAsOf(long nanos) {
    return !ended && holds.getAsBoolean();
  }

  @Override
  public void end() {
    ended = true;
  }
}
