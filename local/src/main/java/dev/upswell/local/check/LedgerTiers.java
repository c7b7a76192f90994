package dev.upswell.local.check;

import dev.upswell.local.check.ViewLedger.Counted;
import dev.upswell.simulation.model.TierModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Applies the model of tiers to the views of a ledger. */
final class LedgerTiers {
  private final TreeMap<Long, List<Counted>> byMinute = new TreeMap<>();
  private final Map<Long, Counts> counts = new HashMap<>();
  private final TierModel model;

  /** Counts the views of a video. */
  private static final class Counts {
    private final TreeMap<Long, Integer> minutes = new TreeMap<>();
    private final List<Counted> views = new ArrayList<>();
    private int lastHour;

    void add(Counted view) {
      views.add(view);
      minutes.merge(view.minute(), 1, Integer::sum);
      lastHour++;
    }

    void evict(long until) {
      while (!minutes.isEmpty() && minutes.firstKey() <= until) {
        lastHour -= minutes.pollFirstEntry().getValue();
      }
    }

    /** Returns the share of distinct viewers in the UTC hour of the minute and the one before. */
    double distinctShare(long minute) {
      Set<Long> viewers = new HashSet<>();
      int count = 0;
      for (Counted view : views) {
        if (view.inHour() && view.hour() >= minute / 60 - 1) {
          viewers.add(view.viewerId());
          count++;
        }
      }
      return count == 0 ? 0 : (double) viewers.size() / count;
    }
  }

  private LedgerTiers(ViewLedger ledger, int viralAbove) {
    model = new TierModel(viralAbove);
    for (Counted view : ledger.views()) {
      byMinute.computeIfAbsent(view.from(), minute -> new ArrayList<>()).add(view);
    }
  }

  /** Returns the model after all minutes of the ledger up to one, that included. */
  static TierModel until(ViewLedger ledger, int viralAbove, long last) {
    LedgerTiers tiers = new LedgerTiers(ledger, viralAbove);
    for (long minute = tiers.byMinute.firstKey(); minute <= last; minute++) {
      tiers.close(minute);
    }
    return tiers.model;
  }

  private void close(long minute) {
    for (Counted view : byMinute.getOrDefault(minute, List.of())) {
      counts.computeIfAbsent(view.videoId(), video -> new Counts()).add(view);
    }
    Map<Long, Integer> lastHour = new HashMap<>();
    counts.forEach(
        (id, video) -> {
          video.evict(minute - 60);
          if (video.lastHour > 0) {
            lastHour.put(id, video.lastHour);
          }
        });
    model.decide(
        minute,
        lastHour,
        id -> {
          Counts video = counts.get(id);
          return video == null ? 0 : video.distinctShare(minute);
        });
    counts.keySet().retainAll(model.videos());
  }
}
