package dev.upswell.local.traffic;

/**
 * Mix of traffic: number of events of each kind per thousand. The rest are views.
 *
 * @param sessions app starts
 * @param published new videos
 * @param removed removed videos
 * @param follows new follows
 * @param unfollows ends of follows
 * @param blocks blocks of creators by users, and of followers by creators
 * @param unblocks ends of blocks, after which the follower follows again
 */
public record Mix(
    double sessions,
    double published,
    double removed,
    double follows,
    double unfollows,
    double blocks,
    double unblocks) {
  /** Usual mix: nine views of ten events, five videos per thousand. */
  public static final Mix OF_AN_APP = new Mix(60, 5, 0.2, 12, 4, 0.5, 0.2);

  /** Checks that there is room for views. */
  public Mix {
    double sum = sessions + published + removed + follows + unfollows + blocks + unblocks;
    if (sum > 1_000) {
      throw new IllegalArgumentException("sum of the mix: " + sum + " (expected: at most 1000)");
    }
  }
}
