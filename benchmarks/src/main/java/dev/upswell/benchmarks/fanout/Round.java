package dev.upswell.benchmarks.fanout;

import dev.upswell.contract.events.FeedDelivery;
import java.util.List;

/**
 * Videos that were published at once, until the last follower had the last of them.
 *
 * @param seconds from the first publication to the last delivery, as the job dates it
 */
record Round(List<FeedDelivery> deliveries, double seconds, CpuUse cpu) {
  private static final double MILLION = 1e6;

  long pushes() {
    return deliveries.stream().mapToLong(FeedDelivery::getPushed).sum();
  }

  double perSecond() {
    return pushes() / seconds;
  }

  /** Seconds of a process for a million pushes. */
  double perMillion(double seconds) {
    return seconds * MILLION / pushes();
  }
}
