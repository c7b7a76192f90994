package dev.upswell.local.check;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.local.tiers.TierClient;
import dev.upswell.local.tiers.TierClient.Overview;
import dev.upswell.local.tiers.TierClient.Stats;
import dev.upswell.simulation.model.TierModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

/** Compares statistics of the API with a model of tiers. */
final class TierComparison {
  private static final int AT_A_TIME = 32;
  private static final int SHOWN = 5;

  private final TierClient client;
  private final TierModel model;
  private final LongPredicate isHidden;
  private final Map<Long, Stats> stats = new TreeMap<>();

  /**
   * Compares with a model that does not know which videos are hidden.
   *
   * @param isHidden whether a video is removed or not public; such a video has no public views and
   *     no tier
   */
  TierComparison(TierClient client, TierModel model, LongPredicate isHidden) {
    this.client = client;
    this.model = model;
    this.isHidden = isHidden;
  }

  /**
   * Queries until all values are correct or the time is over, because the last decisions may be
   * pending.
   *
   * @param at Unix milliseconds of the end of the last minute in the model
   */
  Outcome compare(Collection<Long> videos, long at, Duration limit) {
    long start = System.nanoTime();
    ask(videos);
    List<Long> different = different(videos);
    while (!different.isEmpty() && System.nanoTime() - start < limit.toNanos()) {
      ask(different);
      different = different(different);
    }
    List<String> differences =
        new ArrayList<>(different.stream().limit(SHOWN).map(this::difference).toList());
    Overview expected =
        new Overview(
            at,
            model.active(),
            in(Tier.EDGE),
            in(Tier.REGIONAL),
            model.edgeFrom(),
            model.regionalFrom());
    Overview overview = client.overview().join();
    if (!overview.equals(expected)) {
      differences.add(overview + " (expected: " + expected + ")");
    }
    if (in(Tier.EDGE) == 0 || in(Tier.REGIONAL) == 0) {
      differences.add("a tier is empty: nothing was compared");
    }
    return new Outcome(
        "tiers",
        "views and tiers of %,d videos, %,d of them differ from the model; %,d at the edge from %,d views on, %,d in the regions from %,d on"
            .formatted(
                videos.size(),
                different.size(),
                overview.edge(),
                overview.edgeFrom(),
                overview.regional(),
                overview.regionalFrom()),
        differences);
  }

  private int in(Tier tier) {
    return (int)
        model.videos().stream()
            .filter(video -> !isHidden.test(video))
            .flatMap(video -> model.assignment(video).stream())
            .filter(assignment -> assignment.tier() == tier)
            .count();
  }

  private void ask(Collection<Long> videos) {
    List<Long> waiting = new ArrayList<>(videos);
    for (int from = 0; from < waiting.size(); from += AT_A_TIME) {
      List<Long> some = waiting.subList(from, Math.min(from + AT_A_TIME, waiting.size()));
      List<CompletableFuture<Stats>> replies = some.stream().map(client::stats).toList();
      for (int i = 0; i < replies.size(); i++) {
        stats.put(some.get(i), replies.get(i).join());
      }
    }
  }

  private List<Long> different(Collection<Long> videos) {
    return videos.stream().filter(video -> !expected(video).equals(found(video))).toList();
  }

  private String difference(long video) {
    return video + ": " + found(video) + " (expected: " + expected(video) + ")";
  }

  private Stats expected(long video) {
    return model
        .assignment(video)
        .filter(unused -> !isHidden.test(video))
        .map(found -> comparable(new Stats(found.views(), found.tier(), found.reason())))
        .orElse(new Stats(0, Tier.ORIGIN, Reason.REASON_UNSPECIFIED));
  }

  private Stats found(long video) {
    Stats found = stats.get(video);
    if (found == null) {
      throw new IllegalStateException("no query for video " + video);
    }
    return comparable(found);
  }

  /** The reason of the origin tier expires after a while, on both sides. */
  private static Stats comparable(Stats stats) {
    return stats.tier() == Tier.ORIGIN
        ? new Stats(stats.views(), Tier.ORIGIN, Reason.REASON_UNSPECIFIED)
        : stats;
  }
}
