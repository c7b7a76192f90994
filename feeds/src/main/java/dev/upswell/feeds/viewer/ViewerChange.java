package dev.upswell.feeds.viewer;

import dev.upswell.contract.redis.Following;
import java.util.Optional;

/**
 * Change of a viewer. The effects are applied in this order: write following and tombstone (and
 * delete the feed, if withdrawn), then emit to creators and audiences.
 *
 * @param withdrawn whether the viewer's feed is deleted
 * @param added creators whose audience must acknowledge the viewer before the epoch is warm
 * @param removed creators whose audience loses the viewer
 * @param tombstone tombstone to write
 * @param gained creators with one follower more
 * @param lost creators with one follower less
 * @param allAcknowledged whether all audiences have or will have the viewer, so that the feed may
 *     become warm
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of creators each: no boxing.
public record ViewerChange(
    long userId,
    Following following,
    boolean withdrawn,
    long[] added,
    long[] removed,
    Optional<RelationshipTombstone> tombstone,
    long[] gained,
    long[] lost,
    boolean allAcknowledged) {
  private static final long[] NO_IDS = new long[0];

  /** A change of nothing but the following. */
  static ViewerChange of(long userId, Following following) {
    return new ViewerChange(
        userId, following, false, NO_IDS, NO_IDS, Optional.empty(), NO_IDS, NO_IDS, false);
  }

  /** The same, and the feed is no longer kept; the audiences of these lose the viewer. */
  ViewerChange withdrawing(long[] creators) {
    return new ViewerChange(
        userId, following, true, added, creators, tombstone, gained, lost, allAcknowledged);
  }

  /** Returns the change with creators whose audiences must acknowledge the viewer. */
  ViewerChange adding(long... creators) {
    return new ViewerChange(
        userId, following, withdrawn, creators, removed, tombstone, gained, lost, allAcknowledged);
  }

  /** The same, and the audiences of these lose the viewer. */
  ViewerChange removing(long... creators) {
    return new ViewerChange(
        userId, following, withdrawn, added, creators, tombstone, gained, lost, allAcknowledged);
  }

  /** Returns the change with a tombstone. */
  ViewerChange withTombstone(RelationshipTombstone tombstone) {
    return new ViewerChange(
        userId,
        following,
        withdrawn,
        added,
        removed,
        Optional.of(tombstone),
        gained,
        lost,
        allAcknowledged);
  }

  /** The same, and this creator has a follower more. */
  ViewerChange gainedBy(long creator) {
    return new ViewerChange(
        userId,
        following,
        withdrawn,
        added,
        removed,
        tombstone,
        new long[] {creator},
        lost,
        allAcknowledged);
  }

  /** The same, and this creator has a follower less. */
  ViewerChange lostBy(long creator) {
    return new ViewerChange(
        userId,
        following,
        withdrawn,
        added,
        removed,
        tombstone,
        gained,
        new long[] {creator},
        allAcknowledged);
  }

  /** Returns the change without further acknowledgements. */
  ViewerChange acknowledged() {
    return new ViewerChange(
        userId, following, withdrawn, added, removed, tombstone, gained, lost, true);
  }
}
