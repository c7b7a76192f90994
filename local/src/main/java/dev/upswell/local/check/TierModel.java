package dev.upswell.local.check;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.local.check.ViewLedger.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of tiers in the plainest form, minute by minute over the views of a ledger, without
 * forecasts. It shares no code with the job.
 */
final class TierModel {
  private static final long DWELL = 10;
  private static final double KEEP = 0.7;
  private static final double EDGE = 0.01;
  private static final double REGIONAL = 0.1;
  private static final double DISTINCT = 0.2;

  private final int viralAbove;
  private final TreeMap<Long, List<Counted>> byMinute = new TreeMap<>();
  private final Map<Long, Watched> watched = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private int edgeFrom = Integer.MAX_VALUE;
  private int regionalFrom = Integer.MAX_VALUE;
  private int active;

  /** A change of a tier at the end of a minute. */
  record Change(long videoId, long minute, Tier from, Tier to, Reason reason, int views) {}

  /** A video that is watched, or is in a higher tier. */
  static final class Watched {
    private final TreeMap<Long, Integer> minutes = new TreeMap<>();
    private final List<Counted> views = new ArrayList<>();
    private int lastHour;
    private Tier tier = Tier.ORIGIN;
    private Reason reason = Reason.REASON_UNSPECIFIED;
    private long lowSince;

    int lastHour() {
      return lastHour;
    }

    Tier tier() {
      return tier;
    }

    Reason reason() {
      return reason;
    }

    private void add(Counted view) {
      views.add(view);
      minutes.merge(view.minute(), 1, Integer::sum);
      lastHour++;
    }

    private void evict(long until) {
      while (!minutes.isEmpty() && minutes.firstKey() <= until) {
        lastHour -= minutes.pollFirstEntry().getValue();
      }
    }

    /** The share of different viewers of each, in the UTC hour of the minute and the one before. */
    private double distinctShare(long minute) {
      Set<List<Long>> viewers = new HashSet<>();
      int count = 0;
      for (Counted view : views) {
        if (view.inHour() && view.hour() >= minute / 60 - 1) {
          viewers.add(List.of(view.hour(), view.viewerId()));
          count++;
        }
      }
      return count == 0 ? 0 : (double) viewers.size() / count;
    }
  }

  /** Takes what the ledger holds now. */
  TierModel(ViewLedger ledger, int viralAbove) {
    this.viralAbove = viralAbove;
    for (Counted view : ledger.views()) {
      byMinute.computeIfAbsent(view.from(), minute -> new ArrayList<>()).add(view);
    }
  }

  /** Decides every minute up to one, that included. */
  TierModel until(long last) {
    for (long minute = byMinute.firstKey(); minute <= last; minute++) {
      List<Counted> come = byMinute.getOrDefault(minute, List.of());
      for (Counted view : come) {
        watched.computeIfAbsent(view.videoId(), video -> new Watched()).add(view);
      }
      for (Watched video : watched.values()) {
        video.evict(minute - 60);
      }
      decide(minute);
      watched.values().removeIf(video -> video.lastHour == 0 && video.tier == Tier.ORIGIN);
    }
    return this;
  }

  /** All changes of tiers so far. */
  List<Change> changes() {
    return changes;
  }

  /** Videos that turned viral so far. */
  Set<Long> viral() {
    Set<Long> viral = new HashSet<>();
    for (Change change : changes) {
      if (change.reason() == Reason.VIRAL) {
        viral.add(change.videoId());
      }
    }
    return viral;
  }

  /** Videos that are watched or in a higher tier now. */
  Map<Long, Watched> watched() {
    return watched;
  }

  int in(Tier tier) {
    return (int) watched.values().stream().filter(video -> video.tier == tier).count();
  }

  int active() {
    return active;
  }

  int edgeFrom() {
    return edgeFrom;
  }

  int regionalFrom() {
    return regionalFrom;
  }

  private void decide(long minute) {
    List<Integer> counts =
        watched.values().stream()
            .map(Watched::lastHour)
            .filter(views -> views > 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    active = counts.size();
    edgeFrom = leastAmong(counts, EDGE);
    regionalFrom = leastAmong(counts, REGIONAL);
    watched.forEach((id, video) -> decide(id, video, minute));
  }

  /** The least count such that no more than a share of all have as many. */
  private static int leastAmong(List<Integer> mostFirst, double share) {
    int least = Integer.MAX_VALUE;
    int place = 0;
    while (place < mostFirst.size()) {
      int count = mostFirst.get(place);
      while (place < mostFirst.size() && mostFirst.get(place) == count) {
        place++;
      }
      if (place > share * mostFirst.size()) {
        break;
      }
      least = count;
    }
    return least;
  }

  private void decide(long id, Watched video, long minute) {
    int views = video.lastHour;
    Tier deserved = Tier.ORIGIN;
    Reason reason = Reason.COOLED;
    if (views > viralAbove) {
      deserved = Tier.EDGE;
      reason = Reason.VIRAL;
    } else if (views >= edgeFrom) {
      deserved = Tier.EDGE;
      reason = Reason.PERCENTILE;
    } else if (views >= regionalFrom) {
      deserved = Tier.REGIONAL;
      reason = Reason.PERCENTILE;
    }
    boolean turnsViral = reason == Reason.VIRAL && video.reason != Reason.VIRAL;
    boolean higher = deserved.getNumber() > video.tier.getNumber();
    if ((higher || (deserved == video.tier && turnsViral))
        && video.distinctShare(minute) >= DISTINCT) {
      change(id, video, minute, deserved, reason);
      return;
    }
    double edge = KEEP * Math.min(viralAbove + 1L, edgeFrom);
    double regional = KEEP * Math.min(viralAbove + 1L, regionalFrom);
    if (video.tier == Tier.ORIGIN || views >= (video.tier == Tier.EDGE ? edge : regional)) {
      video.lowSince = 0;
      return;
    }
    video.lowSince = video.lowSince == 0 ? minute : video.lowSince;
    if (minute - video.lowSince >= DWELL) {
      boolean toRegional = video.tier == Tier.EDGE && views >= regional;
      change(id, video, minute, toRegional ? Tier.REGIONAL : Tier.ORIGIN, Reason.COOLED);
    }
  }

  private void change(long id, Watched video, long minute, Tier to, Reason reason) {
    changes.add(new Change(id, minute, video.tier, to, reason, video.lastHour));
    video.tier = to;
    video.reason = reason;
    video.lowSince = 0;
  }
}
