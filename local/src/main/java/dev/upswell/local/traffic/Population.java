package dev.upswell.local.traffic;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Users and their followees. User ids start at 1. The first ones are creators; the lower the id,
 * the larger the audience. Not thread-safe.
 */
public final class Population {
  // Distribution of followees: half of the users follow at most 8 creators, one in a thousand 176
  // or more. Audiences fall with rank^0.8: of 5,000 creators the first has a good half of all
  // users, and the median one three in a thousand. Both are assumptions, because the real data has
  // no follows.
  private static final double MEDIAN_FOLLOWED = 8;
  private static final double SPREAD_OF_FOLLOWED = 1;
  private static final int MOST_FOLLOWED = 200;
  private static final double AUDIENCE_EXPONENT = 0.8;

  private final int users;
  private final int creators;
  private final int[][] followed;
  private final WeightedChoice byActivity;
  private final WeightedChoice byAudience;

  /**
   * Generates a population.
   *
   * @param users 1 or more
   * @param creators number of users that publish, 1 to users
   */
  public Population(int users, int creators, RandomGenerator random) {
    this.users = users;
    this.creators = creators;
    double[] activity = new double[users];
    Arrays.setAll(activity, i -> ShortVideo.EXPOSURES_PER_USER.at(random.nextDouble()));
    this.byActivity = new WeightedChoice(activity);
    double[] audience = new double[creators];
    Arrays.setAll(audience, i -> Math.pow(i + 1, -AUDIENCE_EXPONENT));
    this.byAudience = new WeightedChoice(audience);
    this.followed = new int[users][];
    for (int i = 0; i < users; i++) {
      followed[i] = drawFollowed(i + 1, random);
    }
  }

  public int users() {
    return users;
  }

  public int creators() {
    return creators;
  }

  /** Returns the followees of a user, sorted. */
  public int[] followedBy(int userId) {
    return followed[userId - 1].clone();
  }

  boolean follows(int userId, int creatorId) {
    return Arrays.binarySearch(followed[userId - 1], creatorId) >= 0;
  }

  /** Returns a random followee of a user, or 0 for none. */
  int drawFollowed(RandomGenerator random, int userId) {
    int[] all = followed[userId - 1];
    return all.length == 0 ? 0 : all[random.nextInt(all.length)];
  }

  void follow(int userId, int creatorId) {
    int[] all = followed[userId - 1];
    int place = -Arrays.binarySearch(all, creatorId) - 1;
    if (place < 0) {
      return;
    }
    int[] more = Arrays.copyOf(all, all.length + 1);
    System.arraycopy(all, place, more, place + 1, all.length - place);
    more[place] = creatorId;
    followed[userId - 1] = more;
  }

  void unfollow(int userId, int creatorId) {
    int[] all = followed[userId - 1];
    followed[userId - 1] = Arrays.stream(all).filter(id -> id != creatorId).toArray();
  }

  /** Draws a user, the active ones more often. */
  int drawUser(RandomGenerator random) {
    return byActivity.draw(random) + 1;
  }

  /** Draws a creator to publish, the active ones more often. */
  int drawPublisher(RandomGenerator random) {
    return byActivity.draw(random, creators) + 1;
  }

  /** Draws a creator to follow, those with a large audience more often. */
  int drawCreator(RandomGenerator random) {
    return byAudience.draw(random) + 1;
  }

  private int[] drawFollowed(int userId, RandomGenerator random) {
    double drawn = MEDIAN_FOLLOWED * Math.exp(SPREAD_OF_FOLLOWED * random.nextGaussian());
    int wanted = (int) Math.min(drawn, Math.min(MOST_FOLLOWED, creators));
    int[] drawnIds = new int[wanted];
    Arrays.setAll(drawnIds, i -> drawCreator(random));
    return Arrays.stream(drawnIds).filter(id -> id != userId).sorted().distinct().toArray();
  }
}
