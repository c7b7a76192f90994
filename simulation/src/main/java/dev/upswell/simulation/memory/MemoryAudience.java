package dev.upswell.simulation.memory;

import dev.upswell.feeds.audience.AudienceState;
import java.util.HashMap;
import java.util.Map;

/** In-memory state of an audience. Like in Flink's state, an empty block is absent. */
public final class MemoryAudience implements AudienceState {
  private static final byte[] NOTHING = new byte[0];

  private long[] blocks = new long[0];
  private final Map<Long, byte[]> members = new HashMap<>();

  /** Without members. */
  public MemoryAudience() {}

  /** The same, which changes apart from it. */
  public MemoryAudience copy() {
    MemoryAudience copy = new MemoryAudience();
    copy.blocks = blocks;
    copy.members.putAll(members);
    return copy;
  }

  @Override
  public long[] blocks() {
    return blocks;
  }

  @Override
  public void blocks(long[] namesAndSizes) {
    blocks = namesAndSizes;
  }

  @Override
  public byte[] block(long name) {
    return members.getOrDefault(name, NOTHING);
  }

  @Override
  public void block(long name, byte[] packed) {
    if (packed.length == 0) {
      members.remove(name);
    } else {
      members.put(name, packed);
    }
  }

  /** Returns the number of stored blocks. */
  public int kept() {
    return members.size();
  }
}
