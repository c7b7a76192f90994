package dev.upswell.feeds.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.simulation.memory.MemoryAudience;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AudienceTest {
  /** A member that joins or leaves. */
  record Step(boolean comes, long userId) {}

  /** Few ids, so that the same ones come and go; the ends of the range among them. */
  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> ids =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 40),
            Arbitraries.longs().between(Long.MAX_VALUE - 20, Long.MAX_VALUE),
            Arbitraries.integers().between(0, 62).map(bit -> 1L << bit),
            Arbitraries.longs().between(1, Long.MAX_VALUE));
    return Combinators.combine(Arbitraries.of(true, true, false), ids)
        .as(Step::new)
        .list()
        .ofMaxSize(120);
  }

  private static boolean take(Audience audience, AudienceState state, Step step) {
    return step.comes()
        ? audience.add(state, step.userId())
        : Audience.remove(state, step.userId());
  }

  /** All members, chunk by chunk. A walk that does not end fails. */
  private static List<Long> walk(AudienceState state) {
    List<Long> all = new ArrayList<>();
    long after = 0;
    for (long[] chunk = Audience.next(state, after);
        chunk.length > 0;
        chunk = Audience.next(state, after)) {
      for (long id : chunk) {
        assertThat(id).isGreaterThan(after);
        all.add(id);
        after = id;
      }
    }
    return all;
  }

  @Property
  void audienceEqualsTheSetOfItsMembers(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 2, max = 5) int blockSize) {
    Audience audience = new Audience(blockSize);
    MemoryAudience state = new MemoryAudience();
    TreeSet<Long> members = new TreeSet<>();
    for (Step step : steps) {
      boolean changed = step.comes() ? members.add(step.userId()) : members.remove(step.userId());
      assertThat(take(audience, state, step)).isEqualTo(changed);
      assertThat(Audience.size(state)).isEqualTo(members.size());
      thereIsNoEmptyBlock(state, blockSize);
    }

    assertThat(walk(state)).containsExactlyElementsOf(members);
    for (long member : members) {
      assertThat(Audience.next(state, member - 1)[0]).isEqualTo(member);
      assertThat(Audience.remove(state, member)).isTrue();
    }
    assertThat(state.blocks()).isEmpty();
    assertThat(state.kept()).isZero();
  }

  /** But for the first, to which the ids below all others belong. */
  private static void thereIsNoEmptyBlock(MemoryAudience state, int blockSize) {
    long[] blocks = state.blocks();
    int filled = 0;
    for (int i = 0; i < blocks.length; i += 2) {
      assertThat(blocks[i + 1]).isBetween(i == 0 && blocks.length > 2 ? 0L : 1L, (long) blockSize);
      filled += blocks[i + 1] > 0 ? 1 : 0;
    }
    assertThat(state.kept()).isEqualTo(filled);
  }

  @Property
  void iterationReturnsPermanentMembersOnce(
      @ForAll("steps") List<Step> before,
      @ForAll("steps") List<Step> meanwhile,
      @ForAll @IntRange(min = 2, max = 5) int blockSize) {
    Audience audience = new Audience(blockSize);
    AudienceState state = new MemoryAudience();
    before.forEach(step -> take(audience, state, step));
    Set<Long> always = new HashSet<>(walk(state));
    Set<Long> ever = new HashSet<>(always);
    List<Long> given = new ArrayList<>();
    List<Step> steps = new ArrayList<>(meanwhile);
    long after = 0;
    for (long[] chunk = Audience.next(state, after);
        chunk.length > 0;
        chunk = Audience.next(state, after)) {
      for (long id : chunk) {
        assertThat(id).isGreaterThan(after);
        given.add(id);
        after = id;
      }
      List<Step> now = steps.subList(0, Math.min(3, steps.size()));
      for (Step step : now) {
        take(audience, state, step);
        ever.add(step.userId());
        if (!step.comes()) {
          always.remove(step.userId());
        }
      }
      now.clear();
    }

    assertThat(given).doesNotHaveDuplicates().containsAll(always);
    assertThat(ever).containsAll(given);
  }

  @Test
  void iterationEndsAtTheGreatestId() {
    AudienceState state = new MemoryAudience();
    assertThat(new Audience(2).add(state, Long.MAX_VALUE)).isTrue();

    assertThat(Audience.next(state, 0)).containsExactly(Long.MAX_VALUE);
    assertThat(Audience.next(state, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void blockSizesBelowTwoAreRejected() {
    assertThatThrownBy(() -> new Audience(1)).hasMessage("blockSize: 1 (expected: 2 or more)");
  }
}
