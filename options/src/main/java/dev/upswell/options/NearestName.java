package dev.upswell.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the intended name of a mistyped one. */
final class NearestName {
  private NearestName() {}

  /** Returns the nearest name, if its distance is at most {@code maxSlips}. */
  static Optional<String> of(String given, Collection<String> names, int maxSlips) {
    return names.stream()
        .min(Comparator.comparingInt(name -> slips(given, name)))
        .filter(name -> slips(given, name) <= maxSlips);
  }

  /**
   * Returns the edit distance of two texts: inserted, missing, wrong and swapped letters (the
   * optimal string alignment distance).
   */
  static int slips(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
