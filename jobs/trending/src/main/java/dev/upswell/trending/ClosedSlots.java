package dev.upswell.trending;

import org.apache.flink.api.common.state.ListState;

/** Restores the last closed slot of an operator from the slots of all its subtasks. */
final class ClosedSlots {
  /** Closed slot before the first watermark. */
  static final int NONE = Integer.MIN_VALUE;

  private ClosedSlots() {}

  /** Returns the last slot that was closed in all subtasks; {@link #NONE} without state. */
  static int restore(ListState<Integer> slots) throws Exception {
    int least = Integer.MAX_VALUE;
    for (int slot : slots.get()) {
      least = Math.min(least, slot);
    }
    return least == Integer.MAX_VALUE ? NONE : least;
  }
}
