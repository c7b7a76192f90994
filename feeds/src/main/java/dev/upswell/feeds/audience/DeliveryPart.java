package dev.upswell.feeds.audience;

/**
 * What became of a fan-out in one audience. All that was planned was pushed or left out for one of
 * the reasons: {@code planned = pushed + cold + left + pulled + hidden}.
 *
 * @param cold members without a feed
 * @param left members who left the audience before it was their turn
 * @param pulled members who pull the creator's videos
 * @param hidden members who may not see the video
 */
public record DeliveryPart(
    FanOut fanOut,
    long planned,
    long pushed,
    long cold,
    long left,
    long pulled,
    long hidden,
    LatencyHistogram lags) {
  /** A video that is not pushed because the creator is pulled. */
  public static DeliveryPart pulled(FanOut fanOut, long members) {
    return new DeliveryPart(fanOut, members, 0, 0, 0, members, 0, new LatencyHistogram());
  }

  /** A video that is not pushed because nobody may see it. */
  public static DeliveryPart hidden(FanOut fanOut, long members) {
    return new DeliveryPart(fanOut, members, 0, 0, 0, 0, members, new LatencyHistogram());
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
        hidden + other.hidden,
        all);
  }
}
