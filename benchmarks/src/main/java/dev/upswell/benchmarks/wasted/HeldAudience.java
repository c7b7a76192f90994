package dev.upswell.benchmarks.wasted;

import dev.upswell.feeds.audience.AudienceState;
import java.util.HashMap;
import java.util.Map;

/** An audience in memory. */
final class HeldAudience implements AudienceState {
  private static final byte[] NOBODY = new byte[0];

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
    return members.getOrDefault(name, NOBODY);
  }

  @Override
  public void block(long name, byte[] packed) {
    if (packed.length == 0) {
      members.remove(name);
    } else {
      members.put(name, packed);
    }
  }
}
