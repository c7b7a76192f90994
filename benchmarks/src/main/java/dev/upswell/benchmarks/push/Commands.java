package dev.upswell.benchmarks.push;

import java.util.BitSet;
import java.util.List;

/** Redis commands of each push. */
public enum Commands {
  /** Nothing but the push. */
  PUSH("LPUSHX", 0, false),
  /** A new time to live with each. */
  EXPIRE_EACH("LPUSHX + EXPIRE", 1, false),
  /** Commands of the job. */
  EXPIRE_ONE_IN_8("LPUSHX + EXPIRE for 1 in 8", 8, false),
  /** Commands of a list that is trimmed on each push. */
  TRIM_AND_EXPIRE("LPUSHX + LTRIM + EXPIRE", 1, true);

  /** Commands that the job could send; it never trims by position. */
  static final List<Commands> OF_THE_JOB = List.of(PUSH, EXPIRE_EACH, EXPIRE_ONE_IN_8);

  private final String label;
  private final int every;
  private final boolean trims;

  Commands(String label, int every, boolean trims) {
    this.label = label;
    this.every = every;
    this.trims = trims;
  }

  String label() {
    return label;
  }

  boolean trims() {
    return trims;
  }

  /** Indexes of keys in a block that get a new lifetime. */
  BitSet renewed(int keys) {
    BitSet places = new BitSet();
    for (int i = 0; every > 0 && i < keys; i += every) {
      places.set(i);
    }
    return places;
  }
}
