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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RelationshipStateTest {
  private static RelationshipState after(Kind... kinds) {
    RelationshipState relationship = RelationshipState.NONE;
    for (int i = 0; i < kinds.length; i++) {
      relationship = relationship.after(new RelationshipEvent(1, 2, kinds[i], i + 1));
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
  void lateOlderRecordsChangeNothing() {
    RelationshipState unfollowed =
        RelationshipState.NONE.after(new RelationshipEvent(1, 2, UNFOLLOW, 10));

    assertThat(unfollowed.after(new RelationshipEvent(1, 2, FOLLOW, 9)).holds()).isFalse();
    assertThat(unfollowed.after(new RelationshipEvent(1, 2, FOLLOW, 10)).holds()).isTrue();
  }

  @Provide
  Arbitrary<List<Kind>> kinds() {
    return Arbitraries.of(Kind.class).list().ofMaxSize(12);
  }

  @Property
  void stateIsIndependentOfTheOrderOfArrival(
      @ForAll("kinds") List<Kind> events, @ForAll long seed) {
    List<List<RelationshipEvent>> parties =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < events.size(); i++) {
      RelationshipEvent relation = new RelationshipEvent(1, 2, events.get(i), i + 1);
      int party =
          switch (relation.kind()) {
            case FOLLOW, UNFOLLOW -> 0;
            case BLOCK, UNBLOCK -> 1;
            case BLOCKED_BY, UNBLOCKED_BY -> 2;
          };
      parties.get(party).add(relation);
    }
    Random random = new Random(seed);
    RelationshipState relationship = RelationshipState.NONE;
    while (parties.stream().anyMatch(party -> !party.isEmpty())) {
      List<RelationshipEvent> next = parties.get(random.nextInt(3));
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
