package dev.upswell.views.source;

import java.util.Arrays;

/**
 * Ids in many short lists, by some of their bits. To add one is to write at the end of its list:
 * the ends of all lists together fit the caches of a core, which the places of a hash table do not.
 * To look for one is to go through its list: a few hundred ids when there are a million.
 *
 * <p>Not safe for use by several threads.
 */
final class FingerprintLists {
  private static final int LISTS = 4_096;
  private static final long[] EMPTY = {};

  private final long[][] lists = new long[LISTS][];
  private final int[] sizes = new int[LISTS];
  private int size;

  FingerprintLists() {
    Arrays.fill(lists, EMPTY);
  }

  /** Some ids, from the start of the array. */
  @FunctionalInterface
  interface Visitor {
    void visit(long[] ids, int size);
  }

  void add(long id) {
    int list = list(id);
    int end = sizes[list];
    if (end == lists[list].length) {
      lists[list] = Arrays.copyOf(lists[list], end + end / 2 + 4);
    }
    lists[list][end] = id;
    sizes[list] = end + 1;
    size++;
  }

  boolean contains(long id) {
    int list = list(id);
    long[] ids = lists[list];
    for (int i = sizes[list] - 1; i >= 0; i--) {
      if (ids[i] == id) {
        return true;
      }
    }
    return false;
  }

  private static int list(long id) {
    return (int) (id >>> (Long.SIZE - 12));
  }

  int size() {
    return size;
  }

  void forEach(Visitor visitor) {
    for (int list = 0; list < LISTS; list++) {
      visitor.visit(lists[list], sizes[list]);
    }
  }

  /** Forgets all; keeps the memory of lists that were not mostly empty. */
  void clear() {
    for (int list = 0; list < LISTS; list++) {
      if (sizes[list] * 4 < lists[list].length) {
        lists[list] = EMPTY;
      }
    }
    Arrays.fill(sizes, 0);
    size = 0;
  }
}
