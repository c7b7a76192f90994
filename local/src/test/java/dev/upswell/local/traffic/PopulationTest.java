package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final int USERS = 20_000;
  private static final int CREATORS = 1_000;

  private final Population population = new Population(USERS, CREATORS, new SplittableRandom(1));

  @Test
  void audiencesFallByAPowerOfTheRank() {
    int[] audiences = audiences();
    assertThat(audiences[0]).isGreaterThan(USERS / 3);
    // Ten ranks further an audience is 10^0.8 = 6.3 times smaller, where it is not near everybody.
    assertThat(audiences[9] / (double) audiences[99]).isBetween(4.5, 8.0);
    assertThat(audiences[99] / (double) audiences[999]).isBetween(4.0, 10.0);
  }

  @Test
  void usersFollowOtherCreatorsOnce() {
    for (int user = 1; user <= USERS; user++) {
      int[] followed = population.followedBy(user);
      assertThat(followed).doesNotContain(user).doesNotHaveDuplicates();
      assertThat(Arrays.stream(followed)).allMatch(id -> id >= 1 && id <= CREATORS);
    }
  }

  @Test
  void sameSeedGeneratesTheSamePopulation() {
    Population same = new Population(USERS, CREATORS, new SplittableRandom(1));
    Population other = new Population(USERS, CREATORS, new SplittableRandom(2));
    assertThat(followings(same)).isDeepEqualTo(followings(population));
    assertThat(Arrays.deepEquals(followings(other), followings(population))).isFalse();
  }

  @Test
  void followAndUnfollowLeaveNoTrace() {
    int[] before = population.followedBy(7);
    int added = 1;
    while (population.follows(7, added) || added == 7) {
      added++;
    }
    population.follow(7, added);
    population.follow(7, added);
    assertThat(population.followedBy(7)).hasSize(before.length + 1).contains(added).isSorted();
    population.unfollow(7, added);
    assertThat(population.followedBy(7)).isEqualTo(before);
  }

  private int[] audiences() {
    int[] audiences = new int[CREATORS];
    for (int user = 1; user <= USERS; user++) {
      for (int creator : population.followedBy(user)) {
        audiences[creator - 1]++;
      }
    }
    return audiences;
  }

  private static int[][] followings(Population population) {
    int[][] all = new int[USERS][];
    Arrays.setAll(all, i -> population.followedBy(i + 1));
    return all;
  }
}
