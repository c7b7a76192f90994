package dev.upswell.local.check;

import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.simulation.model.TierModel;
import dev.upswell.simulation.model.TierModel.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Compares promotions with a model of tiers. Duplicates of a promotion are allowed. Promotions of
 * videos that were removed or are not public depend on the time of that record, and are left out.
 */
final class PromotionComparison {
  private static final int SHOWN = 5;

  private final Set<Change> expected;
  private final Set<Long> viral;
  private final LongPredicate isHidden;

  PromotionComparison(TierModel model, LongPredicate isHidden) {
    this.isHidden = isHidden;
    this.expected =
        model.changes().stream()
            .filter(change -> !isHidden.test(change.videoId()))
            .collect(Collectors.toSet());
    this.viral =
        model.viral().stream().filter(video -> !isHidden.test(video)).collect(Collectors.toSet());
  }

  /** Returns whether all viral promotions of the model are present. */
  boolean hasAllViral(List<Promotion> promotions) {
    return viral(promotions).containsAll(viral);
  }

  /** Returns whether all changes of the model are present. */
  boolean hasAllChanges(List<Promotion> promotions) {
    return changes(promotions).containsAll(expected);
  }

  /** Compares the viral videos, regardless of earlier forecasts. */
  Outcome compareViral(List<Promotion> promotions) {
    Set<Long> found = viral(promotions);
    List<String> differences = differences(found, viral, video -> "viral video " + video);
    return new Outcome(
        "viral videos",
        "%,d viral videos promoted, %,d in the model".formatted(found.size(), viral.size()),
        viral.isEmpty() ? List.of("none is viral: nothing was compared") : differences);
  }

  /** Compares every change of a tier, with its minute, reason and views. */
  Outcome compareChanges(List<Promotion> promotions) {
    Set<Change> found = changes(promotions);
    return new Outcome(
        "promotions",
        "%,d changes of tiers, %,d in the model; of these %,d to viral, %,d cooled"
            .formatted(
                found.size(),
                expected.size(),
                expected.stream().filter(c -> c.reason() == Reason.VIRAL).count(),
                expected.stream().filter(c -> c.reason() == Reason.COOLED).count()),
        differences(found, expected, Change::toString));
  }

  private Set<Long> viral(List<Promotion> promotions) {
    return promotions.stream()
        .filter(promotion -> promotion.getReason() == Reason.VIRAL)
        .filter(promotion -> !isHidden.test(promotion.getVideoId()))
        .map(Promotion::getVideoId)
        .collect(Collectors.toSet());
  }

  private Set<Change> changes(List<Promotion> promotions) {
    return promotions.stream()
        .filter(promotion -> !isHidden.test(promotion.getVideoId()))
        .map(Change::of)
        .collect(Collectors.toSet());
  }

  private static <T> List<String> differences(
      Set<T> found, Set<T> expected, Function<T, String> name) {
    List<String> differences = new ArrayList<>();
    expected.stream()
        .filter(one -> !found.contains(one))
        .limit(SHOWN)
        .forEach(one -> differences.add("missing: " + name.apply(one)));
    found.stream()
        .filter(one -> !expected.contains(one))
        .limit(SHOWN)
        .forEach(one -> differences.add("not in the model: " + name.apply(one)));
    return differences;
  }
}
