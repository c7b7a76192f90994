package dev.upswell.local.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The Higgs dataset: a week of activity on Twitter around the announcement of the Higgs boson in
 * July 2012 (De Domenico et al., "The Anatomy of a Scientific Rumor", 2013;
 * https://snap.stanford.edu/data/higgs-twitter.html).
 *
 * @param graph follow graph, from the retweets of that week
 * @param activities sorted by time, at least one
 */
record Recording(FollowGraph graph, List<Activity> activities) {
  private static final long HOUR = Duration.ofHours(1).toSeconds();

  /** Reads the files of the dataset in a folder. */
  static Recording read(Path directory) throws IOException {
    return new Recording(
        FollowGraph.read(directory.resolve("higgs-retweet_network.edgelist.gz")),
        Activity.read(directory.resolve("higgs-activity_time.txt.gz")));
  }

  /** Unix seconds of the first activity. */
  long first() {
    return activities.get(0).at();
  }

  /** Unix seconds of the last activity. */
  long last() {
    return activities.get(activities.size() - 1).at();
  }

  /**
   * Returns the offset that moves the end of the recording to the hour before now: whole hours, so
   * that hours stay aligned.
   */
  long shiftTo(Instant now) {
    return Math.floorDiv(now.getEpochSecond() - last(), HOUR) * HOUR;
  }
}
