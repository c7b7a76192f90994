package dev.upswell.contract;

/**
 * Names of the Kafka topics: a configured prefix and a fixed name.
 *
 * @param prefix prefix of all names, such as {@code upswell.}; may be empty
 */
public record Topics(String prefix) {
  /** The default prefix. */
  public static final String DEFAULT_PREFIX = "upswell.";

  /** Raw files in the object store, keyed by video. */
  public String uploads() {
    return prefix + "uploads";
  }

  /** Published and removed videos, keyed by creator. */
  public String videos() {
    return prefix + "videos";
  }

  /** Playbacks, keyed by viewer. */
  public String views() {
    return prefix + "views";
  }

  /** Likes, shares, comments, reports, keyed by viewer. */
  public String engagements() {
    return prefix + "engagements";
  }

  /** Follow, unfollow, block, unblock, keyed by follower. */
  public String follows() {
    return prefix + "follows";
  }

  /** Users opening the app, keyed by user. */
  public String sessions() {
    return prefix + "sessions";
  }

  /** Served recommendations, keyed by user. */
  public String impressions() {
    return prefix + "impressions";
  }

  /** Control requests to running jobs, all under one key. */
  public String control() {
    return prefix + "control";
  }

  /** Completed fan-outs, keyed by video. */
  public String feedDeliveries() {
    return prefix + "feed-deliveries";
  }

  /** Final views of each video and UTC hour, keyed by video. */
  public String hourlyViews() {
    return prefix + "hourly-views";
  }

  /** Changes of tiers, keyed by video. */
  public String promotions() {
    return prefix + "promotions";
  }

  /** Rising and most viewed videos, keyed by scope. */
  public String trending() {
    return prefix + "trending";
  }

  /** Late records, keyed like their original topic. */
  public String lateEvents() {
    return prefix + "late-events";
  }

  /** Records that could not be used, without key. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }
}
