package dev.upswell.simulation;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Plays many histories and makes the first that fails short. */
public final class FailureSearch {
  private final Supplier<SimulatedStore> stores;
  private final Set<OrderingRule> broken;

  private FailureSearch(Supplier<SimulatedStore> stores, Set<OrderingRule> broken) {
    this.stores = stores;
    this.broken = broken;
  }

  /**
   * Creates a search with a new store per history.
   *
   * @param stores creates empty stores
   */
  public static FailureSearch on(Supplier<SimulatedStore> stores) {
    return new FailureSearch(stores, Set.of());
  }

  /** The same without a rule. */
  public FailureSearch without(OrderingRule rule) {
    return new FailureSearch(stores, Set.of(rule));
  }

  /**
   * Plays random histories.
   *
   * @param from number of the first history
   * @param count number of histories
   * @throws SimulationFailure for a failing history, with a short history that fails too
   */
  public Outcome play(long from, int count) {
    Outcome all = Outcome.NONE;
    for (long number = from; number < from + count; number++) {
      History history = History.random(number);
      try {
        all = all.and(FeedSimulation.play(history, stores.get(), broken));
      } catch (SimulationFailure failure) {
        History shorter = history.shrink(candidate -> failure(candidate).isPresent());
        throw new SimulationFailure(
            "history %d: %s\n%s"
                .formatted(
                    number, failure(shorter).map(Throwable::getMessage).orElse("?"), shorter));
      }
    }
    return all;
  }

  private Optional<SimulationFailure> failure(History history) {
    try {
      FeedSimulation.play(history, stores.get(), broken);
      return Optional.empty();
    } catch (SimulationFailure e) {
      return Optional.of(e);
    }
  }
}
