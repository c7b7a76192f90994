package dev.upswell.local.traffic;

/**
 * What traffic is made of: how many of a thousand events are of each kind. The rest are views.
 *
 * @param sessions users opening the app
 * @param published new videos
 * @param removed videos taken down
 * @param follows new follows
 * @param unfollows ends of follows
 * @param blocks users who block a creator, or creators who block a follower
 * @param unblocks blocks that are taken back, after which the one who followed follows again
 */
public record Mix(
    double sessions,
    double published,
    double removed,
    double follows,
    double unfollows,
    double blocks,
    double unblocks) {
  /** As an app at ease would see it: a view in nine events of ten, five videos in a thousand. */
  public static final Mix OF_AN_APP = new Mix(60, 5, 0.2, 12, 4, 0.5, 0.2);

  /** Checks that there is room for views. */
  public Mix {
    double sum = sessions + published + removed + follows + unfollows + blocks + unblocks;
    if (sum > 1_000) {
      throw new IllegalArgumentException("sum of the mix: " + sum + " (expected: at most 1000)");
    }
  }
}
