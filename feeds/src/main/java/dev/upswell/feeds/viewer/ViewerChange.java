package dev.upswell.feeds.viewer;

import dev.upswell.contract.redis.Following;
import java.util.Optional;

/**
 * What has to be done, in this order: write the following and the parting (and drop the feed, if
 * withdrawn); then tell creators and audiences.
 *
 * @param withdrawn whether the viewer's feed is no longer kept
 * @param added creators whose audience has to know the viewer before a feed may be kept at this
 *     epoch; each of them says so
 * @param removed creators whose audience loses the viewer
 * @param parting what was said, if it is about following
 * @param gained creators who have a follower more
 * @param lost creators who have a follower less
 * @param known whether all audiences that have to know the viewer do or are about to, so that the
 *     feed may be kept again
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of creators each: no boxing.
public record ViewerChange(
    long userId,
    Following following,
    boolean withdrawn,
    long[] added,
    long[] removed,
    Optional<RelationshipTombstone> parting,
    long[] gained,
    long[] lost,
    boolean known) {
  private static final long[] NOBODY = new long[0];

  /** A change of nothing but the following. */
  static ViewerChange of(long userId, Following following) {
    return new ViewerChange(
        userId, following, false, NOBODY, NOBODY, Optional.empty(), NOBODY, NOBODY, false);
  }

  /** The same, and the feed is no longer kept; the audiences of these lose the viewer. */
  ViewerChange withdrawing(long[] creators) {
    return new ViewerChange(userId, following, true, added, creators, parting, gained, lost, known);
  }

  /** The same, and the audiences of these have to know the viewer. */
  ViewerChange adding(long... creators) {
    return new ViewerChange(
        userId, following, withdrawn, creators, removed, parting, gained, lost, known);
  }

  /** The same, and the audiences of these lose the viewer. */
  ViewerChange removing(long... creators) {
    return new ViewerChange(
        userId, following, withdrawn, added, creators, parting, gained, lost, known);
  }

  /** The same, and this was said. */
  ViewerChange saying(RelationshipTombstone said) {
    return new ViewerChange(
        userId, following, withdrawn, added, removed, Optional.of(said), gained, lost, known);
  }

  /** The same, and this creator has a follower more. */
  ViewerChange gainedBy(long creator) {
    return new ViewerChange(
        userId, following, withdrawn, added, removed, parting, new long[] {creator}, lost, known);
  }

  /** The same, and this creator has a follower less. */
  ViewerChange lostBy(long creator) {
    return new ViewerChange(
        userId, following, withdrawn, added, removed, parting, gained, new long[] {creator}, known);
  }

  /** The same, and no audience has to be told any more. */
  ViewerChange knowing() {
    return new ViewerChange(
        userId, following, withdrawn, added, removed, parting, gained, lost, true);
  }
}
