package dev.upswell.feeds.audience;

/**
 * State of the members of one audience.
 *
 * <p>Members are in ascending blocks. The name of a block is the lowest id that it may contain.
 */
public interface AudienceState {
  /**
   * Returns name and size of each block in turns, ascending by name; the first name is 0. Empty
   * without members. Never changed in place.
   */
  long[] blocks();

  /** Replaces {@link #blocks}. */
  void blocks(long[] namesAndSizes);

  /** The packed members of a block. */
  byte[] block(long name);

  /** Replaces {@link #block}; an empty array forgets it. */
  void block(long name, byte[] packed);
}
