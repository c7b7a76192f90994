package dev.upswell.feeds.viewer;

import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.BLOCK;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.BLOCKED_BY;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.FOLLOW;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.UNBLOCK;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.UNBLOCKED_BY;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.UNFOLLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.viewer.RelationshipEvent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RelationshipStateTest {
  private static final long NOON = 1_795_370_400_000L;
  private static final long MINUTE = 60_000;

  private static RelationshipEvent event(Kind kind, long at) {
    return new RelationshipEvent(1, 2, kind, at);
  }

  private static RelationshipState after(RelationshipEvent... events) {
    return after(List.of(events));
  }

  private static RelationshipState after(List<RelationshipEvent> events) {
    RelationshipState state = RelationshipState.NONE;
    for (RelationshipEvent event : events) {
      state = state.after(event);
    }
    return state;
  }

  /** Returns the relationship after events of one millisecond after another. */
  private static RelationshipState after(Kind... kinds) {
    RelationshipState relationship = RelationshipState.NONE;
    for (int i = 0; i < kinds.length; i++) {
      relationship = relationship.after(event(kinds[i], i + 1));
    }
    return relationship;
  }

  @Test
  void followEndsWithAnUnfollow() {
    assertThat(RelationshipState.NONE.holds()).isFalse();
    assertThat(after(FOLLOW).holds()).isTrue();
    assertThat(after(FOLLOW, UNFOLLOW).holds()).isFalse();
    assertThat(after(FOLLOW, UNFOLLOW, FOLLOW).holds()).isTrue();
  }

  @Test
  void blocksEndFollowsPermanently() {
    assertThat(after(FOLLOW, BLOCK).holds()).isFalse();
    assertThat(after(FOLLOW, BLOCKED_BY).holds()).isFalse();
    assertThat(after(FOLLOW, BLOCK, UNBLOCK).holds()).isFalse();
  }

  @Test
  void followsHaveNoEffectDuringABlock() {
    assertThat(after(BLOCK, FOLLOW, UNBLOCK).holds()).isFalse();
    assertThat(after(BLOCK, BLOCKED_BY, UNBLOCK, FOLLOW).holds()).isFalse();
    assertThat(after(BLOCK, BLOCKED_BY, UNBLOCK, UNBLOCKED_BY, FOLLOW).holds()).isTrue();
  }

  @Test
  void duplicateUnblocksAfterAFollowChangeNothing() {
    assertThat(after(BLOCKED_BY, UNBLOCKED_BY, FOLLOW, UNBLOCKED_BY).holds()).isTrue();
  }

  @Test
  void followAfterBlockAndUnblockOfOneTimeHolds() {
    assertThat(after(event(BLOCK, NOON), event(UNBLOCK, NOON), event(FOLLOW, NOON + 3_000)).holds())
        .isTrue();
  }

  @Test
  void followAfterBlockAndUnblockByTheOtherOfOneTimeHolds() {
    assertThat(
            after(
                    event(FOLLOW, NOON - MINUTE),
                    event(BLOCKED_BY, NOON),
                    event(UNBLOCKED_BY, NOON),
                    event(FOLLOW, NOON + 3_000))
                .holds())
        .isTrue();
  }

  @Test
  void unblockByASlowerClockEndsTheBlock() {
    assertThat(
            after(
                    event(BLOCK, NOON + 3 * MINUTE),
                    event(UNBLOCK, NOON),
                    event(FOLLOW, NOON + 4 * MINUTE))
                .holds())
        .isTrue();
  }

  @Test
  void blockAfterUnblockOfOneTimeHolds() {
    assertThat(
            after(
                    event(BLOCK, NOON - MINUTE),
                    event(UNBLOCK, NOON),
                    event(BLOCK, NOON),
                    event(FOLLOW, NOON + MINUTE))
                .holds())
        .isFalse();
  }

  @Test
  void unfollowByASlowerClockEndsTheFollow() {
    assertThat(after(event(FOLLOW, NOON), event(UNFOLLOW, NOON - 5 * MINUTE)).holds()).isFalse();
  }

  @Test
  void followByASlowerClockFollowsAgain() {
    assertThat(
            after(event(FOLLOW, NOON), event(UNFOLLOW, NOON + MINUTE), event(FOLLOW, NOON - MINUTE))
                .holds())
        .isTrue();
  }

  @Test
  void followSentLateHasNoEffectAfterALaterUnfollow() {
    assertThat(after(event(UNFOLLOW, NOON), event(FOLLOW, NOON - 11 * MINUTE)).holds()).isFalse();
  }

  @Test
  void retriedFollowDoesNotFollowAgain() {
    RelationshipState unfollowed = after(event(FOLLOW, NOON), event(UNFOLLOW, NOON + 1_000));

    assertThat(unfollowed.after(event(FOLLOW, NOON))).isEqualTo(unfollowed);
  }

  @Test
  void retriedBlockDoesNotBlockAgain() {
    RelationshipState followed =
        after(event(BLOCK, NOON), event(UNBLOCK, NOON + 1_000), event(FOLLOW, NOON + 2_000));

    assertThat(followed.after(event(BLOCK, NOON)).after(event(UNBLOCK, NOON + 1_000)).holds())
        .isTrue();
  }

  @Test
  void blockEndsTheFollowForGood() {
    assertThat(
            after(event(FOLLOW, NOON), event(BLOCK, NOON + 1_000), event(UNBLOCK, NOON + 2_000))
                .holds())
        .isFalse();
  }

  @Test
  void followDuringABlockByTheOtherHasNoEffectAfterIt() {
    assertThat(
            after(
                    event(BLOCKED_BY, NOON),
                    event(FOLLOW, NOON + 1_000),
                    event(UNBLOCKED_BY, NOON + 2_000))
                .holds())
        .isFalse();
  }

  @Property
  void orderBetweenThePartitionsOfBothUsersMakesNoDifference(
      @ForAll("own") List<RelationshipEvent> own,
      @ForAll("others") List<RelationshipEvent> others,
      @ForAll long order) {
    List<RelationshipEvent> ownFirst = new ArrayList<>(own);
    ownFirst.addAll(others);

    assertThat(after(interleaved(own, others, order))).isEqualTo(after(ownFirst));
  }

  /** Takes the next event of either list by the next bit. */
  private static List<RelationshipEvent> interleaved(
      List<RelationshipEvent> own, List<RelationshipEvent> others, long order) {
    List<RelationshipEvent> all = new ArrayList<>();
    int i = 0;
    int j = 0;
    for (long bits = order; i < own.size() || j < others.size(); bits = Long.rotateRight(bits, 1)) {
      boolean takesOwn = j == others.size() || (i < own.size() && (bits & 1) == 1);
      all.add(takesOwn ? own.get(i++) : others.get(j++));
    }
    return all;
  }

  @Property
  void lastOwnRecordDecidesWithinTheSkew(@ForAll("own") List<RelationshipEvent> own) {
    boolean follows = false;
    boolean blocks = false;
    List<RelationshipEvent> known = new ArrayList<>();
    for (RelationshipEvent event : own) {
      if (known.contains(event)) {
        continue; // Possibly a retry.
      }
      known.add(event);
      switch (event.kind()) {
        case FOLLOW -> follows = !blocks;
        case UNFOLLOW -> follows = false;
        case BLOCK -> {
          blocks = true;
          follows = false;
        }
        default -> blocks = false;
      }
    }

    assertThat(after(known).holds()).isEqualTo(follows);
  }

  @Provide
  Arbitrary<List<RelationshipEvent>> own() {
    return events(FOLLOW, UNFOLLOW, BLOCK, UNBLOCK);
  }

  @Provide
  Arbitrary<List<RelationshipEvent>> others() {
    return events(BLOCKED_BY, UNBLOCKED_BY);
  }

  private static Arbitrary<List<RelationshipEvent>> events(Kind... kinds) {
    return Combinators.combine(
            Arbitraries.of(kinds), Arbitraries.longs().between(NOON, NOON + 9 * MINUTE))
        .as(RelationshipStateTest::event)
        .list()
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<Kind>> kinds() {
    return Arbitraries.of(Kind.class).list().ofMaxSize(12);
  }

  @Property
  void stateIsIndependentOfTheOrderOfPartitions(
      @ForAll("kinds") List<Kind> events, @ForAll long seed) {
    List<List<RelationshipEvent>> parties = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < events.size(); i++) {
      RelationshipEvent relation = new RelationshipEvent(1, 2, events.get(i), i + 1);
      int party =
          switch (relation.kind()) {
            case FOLLOW, UNFOLLOW, BLOCK, UNBLOCK -> 0;
            case BLOCKED_BY, UNBLOCKED_BY -> 1;
          };
      parties.get(party).add(relation);
    }
    Random random = new Random(seed);
    RelationshipState relationship = RelationshipState.NONE;
    while (parties.stream().anyMatch(party -> !party.isEmpty())) {
      List<RelationshipEvent> next = parties.get(random.nextInt(2));
      if (!next.isEmpty()) {
        relationship = relationship.after(next.remove(0));
      }
    }

    assertThat(relationship.holds()).isEqualTo(after(events.toArray(Kind[]::new)).holds());
    assertThat(relationship.holds()).isEqualTo(newest(events));
  }

  private static boolean newest(List<Kind> events) {
    boolean follows = false;
    boolean blocks = false;
    boolean blocked = false;
    for (Kind kind : events) {
      switch (kind) {
        case FOLLOW -> follows |= !blocks && !blocked;
        case UNFOLLOW -> follows = false;
        case BLOCK -> blocks = true;
        case BLOCKED_BY -> blocked = true;
        case UNBLOCK -> blocks = false;
        case UNBLOCKED_BY -> blocked = false;
      }
      follows &= !blocks && !blocked;
    }
    return follows;
  }
}
