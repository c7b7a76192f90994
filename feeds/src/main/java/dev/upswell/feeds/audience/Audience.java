package dev.upswell.feeds.audience;

import java.util.Arrays;

/**
 * The members of an audience, in blocks: a million of them stream out of the state by a thousand
 * block reads instead of a million, and one more or less rewrites one block of a few kilobytes.
 *
 * @param blockSize members from which on a block is split in two; 2 or more
 */
public record Audience(int blockSize) {
  private static final long[] NO_IDS = new long[0];

  /** Checks the range. */
  public Audience {
    if (blockSize < 2) {
      throw new IllegalArgumentException("blockSize: " + blockSize + " (expected: 2 or more)");
    }
  }

  /** Returns the number of members. */
  public static long size(AudienceState state) {
    long[] blocks = state.blocks();
    long size = 0;
    for (int i = 1; i < blocks.length; i += 2) {
      size += blocks[i];
    }
    return size;
  }

  /**
   * Returns the members of a block after an id.
   *
   * @param after the last returned id; 0 at the beginning
   * @return ascending; empty if there are no more
   */
  public static long[] next(AudienceState state, long after) {
    long[] blocks = state.blocks();
    for (int i = blocks.length == 0 ? 0 : find(blocks, after); i < blocks.length; i += 2) {
      long[] ids = PackedIds.unpack(state.block(blocks[i]), (int) blocks[i + 1]);
      // Searches for the id itself, because the greatest has no successor.
      int at = Arrays.binarySearch(ids, after);
      int first = at < 0 ? -at - 1 : at + 1;
      if (first < ids.length) {
        return first == 0 ? ids : Arrays.copyOfRange(ids, first, ids.length);
      }
    }
    return NO_IDS;
  }

  /**
   * Adds a member.
   *
   * @param userId positive
   * @return whether it was absent
   */
  public boolean add(AudienceState state, long userId) {
    long[] known = state.blocks();
    long[] blocks = known.length == 0 ? new long[] {0, 0} : known.clone();
    int at = find(blocks, userId);
    byte[] ids = state.block(blocks[at]);
    byte[] more = PackedIds.with(ids, userId);
    if (more == ids) {
      return false;
    }
    blocks[at + 1]++;
    if (blocks[at + 1] <= blockSize) {
      state.block(blocks[at], more);
      state.blocks(blocks);
    } else {
      split(state, blocks, at, PackedIds.unpack(more, (int) blocks[at + 1]));
    }
    return true;
  }

  private static void split(AudienceState state, long[] blocks, int at, long[] ids) {
    int half = ids.length / 2;
    long[] more = new long[blocks.length + 2];
    System.arraycopy(blocks, 0, more, 0, at + 2);
    System.arraycopy(blocks, at + 2, more, at + 4, blocks.length - at - 2);
    more[at + 1] = half;
    more[at + 2] = ids[half];
    more[at + 3] = (long) ids.length - half;
    state.block(more[at], PackedIds.pack(ids, 0, half));
    state.block(more[at + 2], PackedIds.pack(ids, half, ids.length));
    state.blocks(more);
  }

  /**
   * Removes a member.
   *
   * @return whether it was present
   */
  public static boolean remove(AudienceState state, long userId) {
    long[] known = state.blocks();
    if (known.length == 0) {
      return false;
    }
    long[] blocks = known.clone();
    int at = find(blocks, userId);
    byte[] ids = state.block(blocks[at]);
    byte[] fewer = PackedIds.without(ids, userId);
    if (fewer == ids) {
      return false;
    }
    blocks[at + 1]--;
    if (fewer.length == 0 && (at > 0 || blocks.length == 2)) {
      forget(state, blocks, at);
    } else {
      state.block(blocks[at], fewer);
      state.blocks(blocks);
    }
    return true;
  }

  /** Keeps the first block while there are others, because ids below theirs belong to it. */
  private static void forget(AudienceState state, long[] blocks, int at) {
    state.block(blocks[at], new byte[0]);
    long[] fewer = new long[blocks.length - 2];
    System.arraycopy(blocks, 0, fewer, 0, at);
    System.arraycopy(blocks, at + 2, fewer, at, fewer.length - at);
    boolean none = Arrays.equals(fewer, new long[] {0, 0});
    state.blocks(none ? NO_IDS : fewer);
  }

  /** Index of the block that an id belongs to. */
  private static int find(long[] blocks, long userId) {
    int low = 0;
    int high = blocks.length / 2 - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[2 * middle] <= userId) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return 2 * low;
  }
}
