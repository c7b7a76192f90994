package dev.upswell.contract;

/**
 * The names of the Kafka topics: a prefix that a deployment chooses, and a name that it does not.
 *
 * @param prefix what every name begins with, such as {@code upswell.}; may be empty
 */
public record Topics(String prefix) {
  /** The prefix unless a deployment says otherwise. */
  public static final String DEFAULT_PREFIX = "upswell.";

  /** Raw files in the object store, keyed by video. */
  public String uploads() {
    return prefix + "uploads";
  }

  /** Videos that can be watched or are gone, keyed by creator. */
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

  /** What was served, keyed by user. */
  public String impressions() {
    return prefix + "impressions";
  }

  /** What is wanted of running jobs, all under one key. */
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

  /** Lists of what is rising, and of what is watched most, keyed by scope. */
  public String trending() {
    return prefix + "trending";
  }

  /** Records that came after their time was closed, keyed as where they came from. */
  public String lateEvents() {
    return prefix + "late-events";
  }

  /** Records that could not be used, without key. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }
}
