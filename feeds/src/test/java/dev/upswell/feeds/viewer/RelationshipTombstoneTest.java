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

  private RelationshipTombstone tombstone(Kind kind, long at) {
    RelationshipEvent relation = new RelationshipEvent(1, 2, kind, at);
    relationship = relationship.after(relation);
    return RelationshipTombstone.of(relation, relationship);
  }

  private static RelationshipTombstone nothing() {
    return new RelationshipTombstone(2, false, 0, 0, 0);
  }

  @Test
  void unfollowsAndBlocksWriteTombstones() {
    assertThat(tombstone(UNFOLLOW, 10)).isEqualTo(new RelationshipTombstone(2, false, 10, 0, 0));
    assertThat(tombstone(BLOCK, 20)).isEqualTo(new RelationshipTombstone(2, false, 0, 20, 0));
    assertThat(tombstone(BLOCKED_BY, 30)).isEqualTo(new RelationshipTombstone(2, false, 0, 0, 30));
  }

  @Test
  void followsRemoveOlderTombstones() {
    assertThat(tombstone(FOLLOW, 10)).isEqualTo(new RelationshipTombstone(2, true, 10, 0, 0));
    tombstone(UNFOLLOW, 11);
    tombstone(BLOCK, 12);
    tombstone(UNBLOCK, 13);
    tombstone(BLOCKED_BY, 14);
    tombstone(UNBLOCKED_BY, 15);

    assertThat(tombstone(FOLLOW, 16)).isEqualTo(new RelationshipTombstone(2, true, 16, 12, 14));
  }

  @Test
  void followsDoNotRemoveUnseenBlocks() {
    RelationshipTombstone replayed = tombstone(FOLLOW, 10);

    assertThat(replayed.blockAt()).isZero();
    assertThat(replayed.blockedAt()).isZero();
  }

  @Test
  void ineffectiveFollowsWriteNoTombstone() {
    tombstone(BLOCK, 10);

    assertThat(tombstone(FOLLOW, 11)).isEqualTo(nothing());
    assertThat(tombstone(UNBLOCK, 12)).isEqualTo(nothing());
  }

  @Test
  void unblocksWriteNoTombstoneUntilAFollow() {
    tombstone(FOLLOW, 9);
    tombstone(BLOCKED_BY, 10);

    assertThat(tombstone(UNBLOCKED_BY, 11)).isEqualTo(nothing());
    assertThat(tombstone(FOLLOW, 12)).isEqualTo(new RelationshipTombstone(2, true, 12, 0, 10));
  }

  @Test
  void lateOlderUnfollowsKeepTheFollow() {
    long later = 20 + RelationshipState.MAX_SKEW_MILLIS;
    tombstone(FOLLOW, later);

    assertThat(tombstone(UNFOLLOW, 10)).isEqualTo(new RelationshipTombstone(2, true, later, 0, 0));
  }

  @Test
  void unfollowsBySlowerClocksWriteATombstoneAfterTheFollow() {
    tombstone(FOLLOW, 20);

    assertThat(tombstone(UNFOLLOW, 10)).isEqualTo(new RelationshipTombstone(2, false, 21, 0, 0));
  }

  @Test
  void lateUnblocksActivateTheFollow() {
    tombstone(BLOCKED_BY, 10);
    assertThat(tombstone(FOLLOW, 12)).isEqualTo(nothing());

    assertThat(tombstone(UNBLOCKED_BY, 11))
        .isEqualTo(new RelationshipTombstone(2, true, 12, 0, 10));
  }
}
