package dev.upswell.benchmarks.fanout;

import java.util.stream.LongStream;

/**
 * Creators with equally many followers each, who have none of them in common: each has every
 * so-manieth of the users, so that the followers of one are not neighbours.
 *
 * @param label such as {@code 10,000 followers}
 * @param first id of the first creator; the others follow
 * @param count how many there are
 * @param followers of each of them
 * @param firstUser id of the first of their followers; all others follow
 */
record Creators(String label, long first, int count, int followers, long firstUser) {
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
    return LongStream.range(firstUser, firstUser + users()).toArray();
  }

  /** Whether a user follows one of them. */
  boolean isFollowedBy(long userId) {
    return userId >= firstUser && userId < firstUser + users();
  }

  /** Whom of them a user follows who does. */
  long followedBy(long userId) {
    return first + (userId - firstUser) % count;
  }
}
