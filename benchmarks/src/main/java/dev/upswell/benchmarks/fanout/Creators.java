package dev.upswell.benchmarks.fanout;

import java.util.stream.IntStream;

/**
 * Creators with disjoint audiences of equal size. Each has every n-th user, so that its followers
 * are not consecutive.
 *
 * @param label such as {@code 10,000 followers}
 * @param first id of the first creator; the others follow
 * @param count how many there are
 * @param followers of each of them
 * @param firstUser number of the first of their followers in the population; all others follow
 */
record Creators(String label, long first, int count, int followers, int firstUser) {
  /** The id of one of them, taken in turn. */
  long id(int number) {
    return first + number % count;
  }

  /** All followers of all of them. */
  int users() {
    return count * followers;
  }

  /** The ids of all followers of all of them, ascending. */
  long[] userIds() {
    return IntStream.range(firstUser, firstUser + users()).mapToLong(Population::userId).toArray();
  }

  /** Returns whether a user follows one of them. */
  boolean isFollowedBy(int user) {
    return user >= firstUser && user < firstUser + users();
  }

  /** Returns the followee among them. */
  long followedBy(int user) {
    return first + (user - firstUser) % count;
  }
}
