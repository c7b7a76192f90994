package dev.upswell.feeds.audience;

/**
 * Result of a fan-out in one audience. {@code planned = pushed + cold + left + pulled}.
 *
 * @param cold members without a list
 * @param left members who left the audience before their push
 * @param pulled members not pushed to because the creator is pulled
 */
public record DeliveryPart(
    FanOut fanOut,
    long planned,
    long pushed,
    long cold,
    long left,
    long pulled,
    LatencyHistogram lags) {
  /** Creates the result for a pulled creator. */
  public static DeliveryPart pulled(FanOut fanOut, long members) {
    return new DeliveryPart(fanOut, members, 0, 0, 0, members, new LatencyHistogram());
  }

  /** Both together. */
  public DeliveryPart and(DeliveryPart other) {
    LatencyHistogram all = new LatencyHistogram();
    all.add(lags);
    all.add(other.lags);
    return new DeliveryPart(
        fanOut,
        planned + other.planned,
        pushed + other.pushed,
        cold + other.cold,
        left + other.left,
        pulled + other.pulled,
        all);
  }
}
