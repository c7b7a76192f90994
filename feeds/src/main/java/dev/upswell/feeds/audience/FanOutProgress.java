package dev.upswell.feeds.audience;

/**
 * How far a fan-out has come. It is what a checkpoint holds of a fan-out that is not over yet.
 *
 * @param planned members when it began
 * @param after the last member whose feed was written; 0 at the beginning
 * @param pushed feeds that took the video
 * @param cold feeds that were not there
 * @param lags how late the pushes were; changed in place
 */
public record FanOutProgress(
    FanOut fanOut, long planned, long after, long pushed, long cold, LatencyHistogram lags) {
  /** A fan-out to an audience of so many. */
  public static FanOutProgress begin(FanOut fanOut, long planned) {
    return new FanOutProgress(fanOut, planned, 0, 0, 0, new LatencyHistogram());
  }

  /** Members up to this one are on their way. */
  public FanOutProgress sent(long upTo) {
    return new FanOutProgress(fanOut, planned, upTo, pushed, cold, lags);
  }

  /** So many feeds were there, of so many that were written to at a time (Unix milliseconds). */
  public FanOutProgress written(int found, int tried, long now) {
    lags.add(Math.max(0, now - fanOut.at()), found);
    return new FanOutProgress(fanOut, planned, after, pushed + found, cold + tried - found, lags);
  }

  /** What became of it, now that it is over. */
  public DeliveryPart part() {
    long tried = pushed + cold;
    return new DeliveryPart(
        fanOut, Math.max(planned, tried), pushed, cold, Math.max(0, planned - tried), 0, 0, lags);
  }
}
