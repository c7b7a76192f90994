package dev.upswell.viral;

import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The rules of tiers in the plainest form, over all views at once and without forecasts. It shares
 * no code with the job.
 */
final class TierModel {
  private static final int DWELL = 10;
  private static final double KEEP = 0.7;
  private static final double EDGE = 0.01;
  private static final double REGIONAL = 0.1;

  /** A change of a tier. */
  record Change(long minute, long videoId, Tier from, Tier to, Reason reason, int views) {
    /** Reads a change from its promotion. */
    static Change of(Promotion promotion) {
      return new Change(
          promotion.getVersion() / ViewLedger.MINUTE,
          promotion.getVideoId(),
          promotion.getFrom(),
          promotion.getTo(),
          promotion.getReason(),
          promotion.getViewsLastHour());
    }
  }

  private static final class State {
    Tier tier = Tier.ORIGIN;
    Reason reason = Reason.REASON_UNSPECIFIED;
    long lowSince;
  }

  private final ViewLedger ledger;
  private final int viralAbove;
  private final Map<Long, State> states = new HashMap<>();

  TierModel(ViewLedger ledger, int viralAbove) {
    this.ledger = ledger;
    this.viralAbove = viralAbove;
  }

  /** All changes up to a minute. */
  List<Change> changes(long last) {
    List<Change> changes = new ArrayList<>();
    long first =
        ledger.minutes.values().stream().mapToLong(counts -> counts.firstKey()).min().orElse(0);
    for (long minute = first; minute <= last; minute++) {
      Map<Long, Integer> views = ledger.lastHour(minute);
      List<Integer> counts = views.values().stream().sorted(Comparator.reverseOrder()).toList();
      long edge = leastAmong(counts, EDGE);
      long regional = leastAmong(counts, REGIONAL);
      for (long video : new TreeSet<>(ledger.minutes.keySet())) {
        step(video, minute, views.getOrDefault(video, 0), edge, regional, changes);
      }
    }
    return changes;
  }

  /** The least count such that no more than a share of all have as many. */
  private static long leastAmong(List<Integer> mostFirst, double share) {
    long least = Integer.MAX_VALUE;
    for (int place = 0; place < mostFirst.size(); place++) {
      int count = mostFirst.get(place);
      long asMany = mostFirst.stream().filter(other -> other >= count).count();
      if (asMany > share * mostFirst.size()) {
        break;
      }
      least = count;
    }
    return least;
  }

  private void step(
      long video, long minute, int views, long edge, long regional, List<Change> changes) {
    State state = states.computeIfAbsent(video, unknown -> new State());
    Tier tier = Tier.ORIGIN;
    Reason reason = Reason.COOLED;
    if (views > viralAbove) {
      tier = Tier.EDGE;
      reason = Reason.VIRAL;
    } else if (views >= edge) {
      tier = Tier.EDGE;
      reason = Reason.PERCENTILE;
    } else if (views >= regional) {
      tier = Tier.REGIONAL;
      reason = Reason.PERCENTILE;
    }
    boolean turnsViral = reason == Reason.VIRAL && state.reason != Reason.VIRAL;
    if (tier.getNumber() > state.tier.getNumber() || (tier == state.tier && turnsViral)) {
      change(state, video, minute, tier, reason, views, changes);
      return;
    }
    double edgeFrom = Math.min(viralAbove + 1L, edge);
    double regionalFrom = Math.min(viralAbove + 1L, regional);
    double least = KEEP * (state.tier == Tier.EDGE ? edgeFrom : regionalFrom);
    if (state.tier == Tier.ORIGIN || views >= least) {
      state.lowSince = 0;
      return;
    }
    if (state.lowSince == 0) {
      state.lowSince = minute;
    }
    if (minute - state.lowSince >= DWELL) {
      boolean toRegional = state.tier == Tier.EDGE && views >= KEEP * regionalFrom;
      Tier down = toRegional ? Tier.REGIONAL : Tier.ORIGIN;
      change(state, video, minute, down, Reason.COOLED, views, changes);
    }
  }

  private static void change(
      State state,
      long video,
      long minute,
      Tier tier,
      Reason reason,
      int views,
      List<Change> changes) {
    changes.add(new Change(minute, video, state.tier, tier, reason, views));
    state.tier = tier;
    state.reason = reason;
    state.lowSince = 0;
  }
}
