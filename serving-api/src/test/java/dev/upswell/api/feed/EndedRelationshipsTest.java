package dev.upswell.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Follow;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EndedRelationshipsTest {
  private final AtomicLong now = new AtomicLong();
  private final EndedRelationships ended = new EndedRelationships(Duration.ofHours(1), now::get);

  private void event(long user, Follow.Type type, long other) {
    Follow follow =
        Follow.newBuilder().setFollowerId(user).setFolloweeId(other).setType(type).build();
    ended.sending(follow);
    ended.stored(follow);
  }

  @Test
  void unfollowedCreatorIsHiddenUntilTheNextFollow() {
    event(1, Follow.Type.UNFOLLOW, 2);
    assertThat(ended.has(1, 2)).isTrue();
    assertThat(ended.has(2, 1)).isFalse();
    assertThat(ended.has(1, 3)).isFalse();

    event(1, Follow.Type.FOLLOW, 2);
    assertThat(ended.has(1, 2)).isFalse();
  }

  @Test
  void blocksHideInBothDirectionsUntilUnblockAndFollow() {
    event(1, Follow.Type.BLOCK, 2);
    assertThat(ended.has(1, 2)).isTrue();
    assertThat(ended.has(2, 1)).isTrue();

    event(2, Follow.Type.FOLLOW, 1);
    assertThat(ended.has(2, 1)).as("still blocked").isTrue();
    event(1, Follow.Type.UNBLOCK, 2);
    assertThat(ended.has(2, 1)).isFalse();
    assertThat(ended.has(1, 2)).as("not followed again").isTrue();
    event(1, Follow.Type.FOLLOW, 2);
    assertThat(ended.has(1, 2)).isFalse();
  }

  @Test
  void unblockOfOneSideKeepsTheOtherBlock() {
    event(1, Follow.Type.BLOCK, 2);
    event(2, Follow.Type.BLOCK, 1);
    event(1, Follow.Type.UNBLOCK, 2);
    event(1, Follow.Type.FOLLOW, 2);

    assertThat(ended.has(1, 2)).isTrue();
  }

  @Test
  void unsentEventsRevertNothing() {
    event(1, Follow.Type.UNFOLLOW, 2);
    ended.sending(
        Follow.newBuilder().setFollowerId(1).setFolloweeId(2).setType(Follow.Type.FOLLOW).build());

    assertThat(ended.has(1, 2)).isTrue();
  }

  @Test
  void entriesExpireWithTheStalePages() {
    event(1, Follow.Type.UNFOLLOW, 2);
    now.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(ended.has(1, 2)).isFalse();
  }
}
