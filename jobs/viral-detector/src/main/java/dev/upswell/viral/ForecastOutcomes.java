package dev.upswell.viral;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.popularity.tiers.TierAssignment;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Outcomes of forecast promotions since the start of the job. Precision is the share of promoted
 * videos that reached the views. Recall is the share of videos with the views that were promoted
 * before. Lead is the mean number of minutes between both.
 */
final class ForecastOutcomes {
  private long cameTrue;
  private long didNot;
  private long unforeseen;
  private long leadMinutes;

  ForecastOutcomes(MetricGroup metrics) {
    metrics.<Double, Gauge<Double>>gauge("forecastPrecision", () -> share(cameTrue, didNot));
    metrics.<Double, Gauge<Double>>gauge("forecastRecall", () -> share(cameTrue, unforeseen));
    metrics.<Double, Gauge<Double>>gauge(
        "forecastLeadMinutes", () -> cameTrue == 0 ? 0 : (double) leadMinutes / cameTrue);
  }

  private static double share(long some, long others) {
    return some == 0 ? 0 : (double) some / (some + others);
  }

  void count(TierAssignment before, TierAssignment after, int minute) {
    boolean foreseen = before.tier() == Tier.EDGE && before.reason() == Reason.FORECAST;
    boolean there = after.tier() == Tier.EDGE && after.reason() != Reason.FORECAST;
    if (foreseen && there) {
      cameTrue++;
      leadMinutes += minute - before.since();
    } else if (foreseen) {
      didNot++;
    } else if (there && before.tier() != Tier.EDGE) {
      unforeseen++;
    }
  }
}
