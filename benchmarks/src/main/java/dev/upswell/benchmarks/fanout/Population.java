package dev.upswell.benchmarks.fanout;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Users that all follow one creator. Some also follow one with 10,000 followers, others one with
 * 100.
 *
 * @param users number of users, from 0
 */
record Population(int users, Creators large, Creators middle, Creators small) {
  /** Ids as long as real ones: they are part of every key. */
  private static final long FIRST_USER = 1_000_000_001;

  /** One id of ten is a user, selected at random. */
  private static final int IDS_PER_USER = 10;

  static final int LEAST_USERS = 100_000;

  private static final long FIRST_CREATOR = 2_000_000_001;
  private static final int MOST_MIDDLE = 10;
  private static final int MIDDLE_FOLLOWERS = 10_000;
  private static final int MOST_SMALL = 1_000;
  private static final int SMALL_FOLLOWERS = 100;

  /** Lets at most three in ten users follow each of the other kinds of creators. */
  static Population of(int users) {
    int middle = Math.min(MOST_MIDDLE, users * 3 / 10 / MIDDLE_FOLLOWERS);
    int small = Math.min(MOST_SMALL, users * 3 / 10 / SMALL_FOLLOWERS);
    return new Population(
        users,
        creators(FIRST_CREATOR, 1, users, 0),
        creators(FIRST_CREATOR + 1_000, middle, MIDDLE_FOLLOWERS, 0),
        creators(FIRST_CREATOR + 2_000, small, SMALL_FOLLOWERS, middle * MIDDLE_FOLLOWERS));
  }

  private static Creators creators(long first, int count, int followers, int firstUser) {
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

  /** Returns the number of followees of a user. */
  int followeesOf(int user) {
    return (int) all().stream().filter(creators -> creators.isFollowedBy(user)).count();
  }

  /** The id of a user, higher than that of the one before. */
  static long userId(int user) {
    long chance = new SplittableRandom(user).nextInt(IDS_PER_USER);
    return FIRST_USER + (long) user * IDS_PER_USER + chance;
  }
}
