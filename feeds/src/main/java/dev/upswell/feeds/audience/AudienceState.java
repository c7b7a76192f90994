package dev.upswell.feeds.audience;

/**
 * What is remembered of the members of one audience, wherever it is kept.
 *
 * <p>They stand in blocks, ascending. A block is named by the least id that may be in it.
 */
public interface AudienceState {
  /**
   * The blocks: the name of each and how many members it has, by turns; ascending by name, the
   * first of which is 0. Empty if there are no members. Never changed in place.
   */
  long[] blocks();

  /** Replaces {@link #blocks}. */
  void blocks(long[] namesAndSizes);

  /** The packed members of a block. */
  byte[] block(long name);

  /** Replaces {@link #block}; an empty array forgets it. */
  void block(long name, byte[] packed);
}
