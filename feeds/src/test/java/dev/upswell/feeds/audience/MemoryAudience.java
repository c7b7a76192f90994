package dev.upswell.feeds.audience;

import java.util.HashMap;
import java.util.Map;

/** Keeps blocks as the state of the job does: an empty one is not there. */
final class MemoryAudience implements AudienceState {
  private static final byte[] NOTHING = new byte[0];

  private long[] blocks = new long[0];
  private final Map<Long, byte[]> members = new HashMap<>();

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

  /** How many blocks are kept. */
  int kept() {
    return members.size();
  }
}
