package dev.upswell.feeds.viewer;

import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.BLOCK;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.BLOCKED_BY;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.FOLLOW;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.UNBLOCK;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.UNBLOCKED_BY;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.UNFOLLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.viewer.RelationshipEvent.Kind;
import org.junit.jupiter.api.Test;

class RelationshipTombstoneTest {
  private RelationshipState relationship = RelationshipState.NONE;

  private RelationshipTombstone said(Kind kind, long at) {
    RelationshipEvent relation = new RelationshipEvent(1, 2, kind, at);
    relationship = relationship.after(relation);
    return RelationshipTombstone.of(relation, relationship);
  }

  private static RelationshipTombstone nothing() {
    return new RelationshipTombstone(2, false, 0, 0, 0);
  }

  @Test
  void unfollowsAndBlocksWriteTombstones() {
    assertThat(said(UNFOLLOW, 10)).isEqualTo(new RelationshipTombstone(2, false, 10, 0, 0));
    assertThat(said(BLOCK, 20)).isEqualTo(new RelationshipTombstone(2, false, 0, 20, 0));
    assertThat(said(BLOCKED_BY, 30)).isEqualTo(new RelationshipTombstone(2, false, 0, 0, 30));
  }

  @Test
  void followsRemoveOlderTombstones() {
    assertThat(said(FOLLOW, 10)).isEqualTo(new RelationshipTombstone(2, true, 10, 0, 0));
    said(UNFOLLOW, 11);
    said(BLOCK, 12);
    said(UNBLOCK, 13);
    said(BLOCKED_BY, 14);
    said(UNBLOCKED_BY, 15);

    assertThat(said(FOLLOW, 16)).isEqualTo(new RelationshipTombstone(2, true, 16, 12, 14));
  }

  @Test
  void followsDoNotRemoveUnseenBlocks() {
    RelationshipTombstone replayed = said(FOLLOW, 10);

    assertThat(replayed.blockAt()).isZero();
    assertThat(replayed.blockedAt()).isZero();
  }

  @Test
  void ineffectiveFollowsWriteNoTombstone() {
    said(BLOCK, 10);

    assertThat(said(FOLLOW, 11)).isEqualTo(nothing());
    assertThat(said(UNBLOCK, 12)).isEqualTo(nothing());
  }

  @Test
  void unblocksWriteNoTombstoneUntilAFollow() {
    said(FOLLOW, 9);
    said(BLOCKED_BY, 10);

    assertThat(said(UNBLOCKED_BY, 11)).isEqualTo(nothing());
    assertThat(said(FOLLOW, 12)).isEqualTo(new RelationshipTombstone(2, true, 12, 0, 10));
  }

  @Test
  void lateOlderUnfollowsKeepTheFollow() {
    said(FOLLOW, 20);

    assertThat(said(UNFOLLOW, 10)).isEqualTo(new RelationshipTombstone(2, true, 20, 0, 0));
  }

  @Test
  void lateUnblocksActivateTheFollow() {
    said(BLOCKED_BY, 10);
    assertThat(said(FOLLOW, 12)).isEqualTo(nothing());

    assertThat(said(UNBLOCKED_BY, 11)).isEqualTo(new RelationshipTombstone(2, true, 12, 0, 10));
  }
}
