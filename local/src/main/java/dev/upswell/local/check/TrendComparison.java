package dev.upswell.local.check;

import dev.upswell.local.check.TrendModel.Place;
import dev.upswell.local.trending.TrendingClient;
import dev.upswell.local.trending.TrendingPage;
import dev.upswell.local.trending.TrendingPage.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Compares the lists of every scope with a model. Lists of most viewed videos must be equal and in
 * the same order. Rising videos must be in the model, with scores that follow from their figures.
 */
public final class TrendComparison {
  private static final int SHOWN = 5;
  private static final double LEAST_RISE = 3;

  /** Tolerance of scores, because the job rounds amounts to a millionth with each addition. */
  private static final double NEAR = 1e-3;

  private final TrendingClient client;
  private final TrendLedger ledger;
  private final Duration limit;
  private final Map<Long, TrendModel> models = new HashMap<>();

  /**
   * Compares with a ledger of all sent events.
   *
   * @param limit maximum time to wait for pending results
   */
  public TrendComparison(TrendingClient client, TrendLedger ledger, Duration limit) {
    this.client = client;
    this.ledger = ledger;
    this.limit = limit;
  }

  /** Result of one comparison. */
  private record Round(
      List<String> differences, Set<String> scopes, long top, long rising, long at) {
    Outcome outcome() {
      return new Outcome(
          "trending",
          "%,d places of what is watched most in %,d scopes equal the model, and %,d of what is rising, as of %s"
              .formatted(top, scopes.size(), rising, Instant.ofEpochMilli(at)),
          differences.stream().limit(SHOWN).toList());
    }
  }

  /**
   * Queries until all lists are correct or the time is over.
   *
   * @param last Unix milliseconds of the last event, without the events that only advance time
   */
  Outcome compare(long last) {
    long start = System.nanoTime();
    Round round = ask(last);
    while (!round.differences().isEmpty() && System.nanoTime() - start < limit.toNanos()) {
      round = ask(last);
    }
    return round.outcome();
  }

  private Round ask(long last) {
    List<String> differences = new ArrayList<>();
    long at = list("global", "top").at();
    Set<String> scopes = new TreeSet<>(model(at).lists().keySet());
    if (at <= last) {
      differences.add("the list of the world is of " + at + " (expected: after " + last + ")");
    }
    long top = 0;
    long rising = 0;
    for (String scope : scopes) {
      top += compareTop(scope, list(scope, "top"), differences);
      rising += compareRising(scope, list(scope, "rising"), differences);
    }
    if (top == 0) {
      differences.add("no video has enough viewers: nothing was compared");
    }
    return new Round(differences, scopes, top, rising, at);
  }

  private TrendingPage list(String scope, String kind) {
    try {
      return client.list(scope, kind).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("a list cannot be read: " + e.getCause(), e);
    }
  }

  private TrendModel model(long at) {
    return models.computeIfAbsent(at, time -> new TrendModel(ledger, time));
  }

  private int compareTop(String scope, TrendingPage page, List<String> differences) {
    List<Place> expected = model(page.at()).lists().getOrDefault(scope, List.of());
    if (page.entries().size() != expected.size()) {
      differences.add(
          "%s: %d videos (expected: %d)".formatted(scope, page.entries().size(), expected.size()));
      return 0;
    }
    Map<Long, Place> known = known(scope, page);
    for (int i = 0; i < expected.size(); i++) {
      Entry entry = page.entries().get(i);
      // Scores that differ only by rounding may be in either order.
      if (!isNear(entry.score(), expected.get(i).engagement())
          || !isTrue(entry, known.get(entry.videoId()))) {
        differences.add(
            "%s, place %d: %s (expected: %s)".formatted(scope, i, entry, expected.get(i)));
      }
    }
    return expected.size();
  }

  private int compareRising(String scope, TrendingPage page, List<String> differences) {
    Map<Long, Place> known = known(scope, page);
    double before = Double.MAX_VALUE;
    for (Entry entry : page.entries()) {
      double score = (entry.engagement() - entry.baseline()) / entry.deviation();
      if (!isTrue(entry, known.get(entry.videoId()))
          || !isNear(entry.score(), score)
          || entry.score() < LEAST_RISE
          || entry.score() > before) {
        differences.add("%s, rising: %s".formatted(scope, entry));
      }
      before = entry.score();
    }
    return page.entries().size();
  }

  private Map<Long, Place> known(String scope, TrendingPage page) {
    Map<Long, Place> known = new HashMap<>();
    model(page.at())
        .candidates()
        .getOrDefault(scope, List.of())
        .forEach(place -> known.put(place.videoId(), place));
    return known;
  }

  private static boolean isTrue(Entry entry, @Nullable Place place) {
    return place != null
        && isNear(entry.engagement(), place.engagement())
        && Math.abs(entry.views() - place.views()) <= 1
        && Math.abs(entry.viewers() - place.viewers()) <= 1;
  }

  private static boolean isNear(double some, double other) {
    return Math.abs(some - other) <= NEAR * (1 + Math.abs(other));
  }
}
