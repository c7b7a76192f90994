package dev.upswell.feeds.audience;

/**
 * Progress of a fan-out, as stored in checkpoints.
 *
 * @param planned members at the start
 * @param after the last member that a push was sent to; 0 at the start
 * @param pushed feeds that received the video
 * @param cold feeds without a list
 * @param lags push latencies; changed in place
 */
public record FanOutProgress(
    FanOut fanOut, long planned, long after, long pushed, long cold, LatencyHistogram lags) {
  /** Starts a fan-out to a number of members. */
  public static FanOutProgress begin(FanOut fanOut, long planned) {
    return new FanOutProgress(fanOut, planned, 0, 0, 0, new LatencyHistogram());
  }

  /** Members up to this one are on their way. */
  public FanOutProgress sent(long upTo) {
    return new FanOutProgress(fanOut, planned, upTo, pushed, cold, lags);
  }

  /**
   * Adds the result of a write.
   *
   * @param found number of existing feeds
   * @param tried number of feeds
   * @param now Unix milliseconds
   */
  public FanOutProgress written(int found, int tried, long now) {
    lags.add(Math.max(0, now - fanOut.at()), found);
    return new FanOutProgress(fanOut, planned, after, pushed + found, cold + tried - found, lags);
  }

  /** Returns the result of the finished fan-out. */
  public DeliveryPart part() {
    long tried = pushed + cold;
    return new DeliveryPart(
        fanOut, Math.max(planned, tried), pushed, cold, Math.max(0, planned - tried), 0, lags);
  }
}
