package dev.upswell.benchmarks.fanout;

import java.util.List;

/**
 * Users who all follow one creator; some of them also follow one of those with 10,000 followers,
 * others one of those with 100.
 *
 * @param users ids from {@link #FIRST_USER} on
 */
record Population(int users, Creators large, Creators middle, Creators small) {
  /** Ids as long as real ones: they are part of every key. */
  static final long FIRST_USER = 1_000_000_001;

  static final int LEAST_USERS = 100_000;

  private static final long FIRST_CREATOR = 2_000_000_001;
  private static final int MOST_MIDDLE = 10;
  private static final int MIDDLE_FOLLOWERS = 10_000;
  private static final int MOST_SMALL = 1_000;
  private static final int SMALL_FOLLOWERS = 100;

  /** Gives at most three in ten users each of the other kinds of creators. */
  static Population of(int users) {
    int middle = Math.min(MOST_MIDDLE, users * 3 / 10 / MIDDLE_FOLLOWERS);
    int small = Math.min(MOST_SMALL, users * 3 / 10 / SMALL_FOLLOWERS);
    return new Population(
        users,
        creators(FIRST_CREATOR, 1, users, FIRST_USER),
        creators(FIRST_CREATOR + 1_000, middle, MIDDLE_FOLLOWERS, FIRST_USER),
        creators(
            FIRST_CREATOR + 2_000,
            small,
            SMALL_FOLLOWERS,
            FIRST_USER + (long) middle * MIDDLE_FOLLOWERS));
  }

  private static Creators creators(long first, int count, int followers, long firstUser) {
    return new Creators("%,d followers".formatted(followers), first, count, followers, firstUser);
  }

  /** From the few with many followers to the many with few. */
  List<Creators> all() {
    return List.of(large, middle, small);
  }

  /** Pairs of follower and creator. */
  long edges() {
    return all().stream().mapToLong(Creators::users).sum();
  }

  /** How many creators a user follows. */
  int followeesOf(long userId) {
    return (int) all().stream().filter(creators -> creators.isFollowedBy(userId)).count();
  }
}
