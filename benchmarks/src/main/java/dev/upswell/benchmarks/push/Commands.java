package dev.upswell.benchmarks.push;

import java.util.BitSet;
import java.util.List;

/** What Redis is told for each push. */
public enum Commands {
  /** Nothing but the push. */
  PUSH("LPUSHX", 0, false),
  /** A new time to live with each. */
  EXPIRE_EACH("LPUSHX + EXPIRE", 1, false),
  /** What the job sends. */
  EXPIRE_ONE_IN_8("LPUSHX + EXPIRE for 1 in 8", 8, false),
  /** What a list bounded by each push would need. */
  TRIM_AND_EXPIRE("LPUSHX + LTRIM + EXPIRE", 1, true);

  /** Those that the job could send; it never trims by place. */
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

  /** The places of a block of so many keys that get a new time to live. */
  BitSet renewed(int keys) {
    BitSet places = new BitSet();
    for (int i = 0; every > 0 && i < keys; i += every) {
      places.set(i);
    }
    return places;
  }
}
