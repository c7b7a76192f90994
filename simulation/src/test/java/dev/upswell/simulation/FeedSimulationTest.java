package dev.upswell.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.feeds.FeedPage.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds are exact whatever happens in whatever order, and each rule is needed for it. */
class FeedSimulationTest {
  private static final FailureSearch SEARCH =
      FailureSearch.on(() -> new MemoryStore(FeedSimulation.SETTINGS));

  @Test
  void everyFeedEqualsTheModelInAnyInterleaving() {
    Outcome outcome = SEARCH.play(System.nanoTime(), 4_000);
    assertThat(outcome.pages().get(Source.WARM)).isGreaterThan(10_000);
    assertThat(outcome.pages().get(Source.SNAPSHOT)).isGreaterThan(100);
    assertThat(outcome.crashes()).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @EnumSource
  void feedsAreWrongWithoutTheRule(OrderingRule rule) {
    assertThatThrownBy(() -> SEARCH.without(rule).play(1, 30_000))
        .isInstanceOf(SimulationFailure.class)
        .hasMessageContaining("seed ");
  }

  @Test
  void failingHistoriesAreShrunk() {
    assertThatThrownBy(() -> SEARCH.without(OrderingRule.PUSHES_CREATE_NO_FEED).play(1, 30_000))
        .extracting(failure -> failure.getMessage().lines().count())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LONG)
        .isLessThan(15);
  }

  @Test
  void historiesAreDeterministic() {
    assertThat(History.random(7)).isEqualTo(History.random(7)).isNotEqualTo(History.random(8));
  }
}
