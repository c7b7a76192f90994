package dev.upswell.popularity.tiers;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import java.io.Serializable;

/**
 * Assigns a tier to a video, minute by minute.
 *
 * <p>Promotions are immediate. Demotions follow after the views were below a share of the tier's
 * threshold for the dwell time, so that a video at a threshold does not alternate. A tier may be
 * assigned for the views of the last hour or for the forecast of a young video. Videos with too few
 * distinct viewers are not promoted, so that one bot farm cannot fill the edge.
 *
 * <p>A video that turns viral at the edge, or reaches its forecast, is promoted once more from a
 * tier to the same tier: this marks a forecast that came true.
 *
 * @param settings thresholds of the tiers
 */
public record TierRule(TierSettings settings) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The standing after a minute; the same object if nothing changed. */
  public TierAssignment after(
      TierAssignment now, TierSignals evidence, TierThresholds thresholds, int minute) {
    boolean trusted = evidence.distinctShare() >= settings.distinctShare();
    TierAssignment deserved = deserved(evidence, thresholds, minute);
    if (trusted && isHigher(deserved, now)) {
      return deserved;
    }
    if (now.tier() == Tier.ORIGIN || isKept(now.tier(), evidence, thresholds)) {
      return now.lowSince(0);
    }
    int lowSince = now.lowSince() == 0 ? minute : now.lowSince();
    if (minute - lowSince < settings.dwellMinutes()) {
      return now.lowSince(lowSince);
    }
    boolean regional = now.tier() == Tier.EDGE && isKept(Tier.REGIONAL, evidence, thresholds);
    return new TierAssignment(regional ? Tier.REGIONAL : Tier.ORIGIN, Reason.COOLED, minute, 0);
  }

  private static boolean isHigher(TierAssignment deserved, TierAssignment now) {
    int difference = deserved.tier().compareTo(now.tier());
    return difference > 0 || (difference == 0 && confirms(deserved.reason(), now.reason()));
  }

  /** Returns whether a forecast came true, or a video at the edge turned viral. */
  private static boolean confirms(Reason deserved, Reason now) {
    return (deserved == Reason.VIRAL && now != Reason.VIRAL)
        || (deserved == Reason.PERCENTILE && now == Reason.FORECAST);
  }

  private TierAssignment deserved(TierSignals evidence, TierThresholds thresholds, int minute) {
    int views = evidence.views();
    int expected = evidence.forecastAtLeast();
    if (views > settings.viralAbove()) {
      return new TierAssignment(Tier.EDGE, Reason.VIRAL, minute, 0);
    }
    if (views >= thresholds.edgeFrom()) {
      return new TierAssignment(Tier.EDGE, Reason.PERCENTILE, minute, 0);
    }
    if (expected >= from(Tier.EDGE, thresholds)) {
      return new TierAssignment(Tier.EDGE, Reason.FORECAST, minute, 0);
    }
    if (views >= thresholds.regionalFrom()) {
      return new TierAssignment(Tier.REGIONAL, Reason.PERCENTILE, minute, 0);
    }
    if (expected >= from(Tier.REGIONAL, thresholds)) {
      return new TierAssignment(Tier.REGIONAL, Reason.FORECAST, minute, 0);
    }
    return TierAssignment.ORIGIN;
  }

  private boolean isKept(Tier tier, TierSignals evidence, TierThresholds thresholds) {
    double least = settings.keepShare() * from(tier, thresholds);
    return evidence.views() >= least || evidence.forecastAtLeast() >= least;
  }

  /** The least views with which a video belongs to a tier. */
  private int from(Tier tier, TierThresholds thresholds) {
    int viralFrom = Math.min(Integer.MAX_VALUE - 1, settings.viralAbove()) + 1;
    int place = tier == Tier.EDGE ? thresholds.edgeFrom() : thresholds.regionalFrom();
    return Math.min(viralFrom, place);
  }
}
