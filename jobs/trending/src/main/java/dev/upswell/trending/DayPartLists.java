package dev.upswell.trending;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.popularity.trending.DayPart;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Last emitted lists of the scopes of a part of the day.
 *
 * <p>Such a list stays published until the same part of the next day, and no slot replaces it. So
 * hidden videos are removed from it here. Not thread-safe.
 */
final class DayPartLists {
  private static final String PART = "/daypart:";

  private final Map<String, TrendingList> lists = new HashMap<>();
  private final Set<String> changed = new HashSet<>();

  /** Receives the list of a scope to store, or empty to delete it. */
  @FunctionalInterface
  interface Storage {
    void accept(String scope, Optional<TrendingList> list) throws Exception;
  }

  static boolean isOfAPart(String scope) {
    return scope.contains(PART);
  }

  /**
   * Returns whether the part of the day of a scope has ended. Its list stays until the same part of
   * the next day.
   */
  static boolean isOfAnEndedPart(String scope, int slot) {
    int part = scope.indexOf(PART);
    return part >= 0 && !scope.substring(part + PART.length()).equals(DayPart.of(slot).text());
  }

  /** Stores an emitted list, if its scope is that of a part of the day. */
  void emitted(TrendingList list) {
    if (isOfAPart(list.getScope())) {
      put(list);
    }
  }

  private void put(TrendingList list) {
    if (list.getEntriesCount() + list.getTopCount() == 0) {
      lists.remove(list.getScope());
    } else {
      lists.put(list.getScope(), list);
    }
    changed.add(list.getScope());
  }

  /** Adds a list of the restored state. */
  void restore(TrendingList list) {
    lists.put(list.getScope(), list);
  }

  /**
   * Removes videos from the lists of ended parts. The changed lists are stored when they are
   * {@linkplain #emitted emitted}.
   *
   * @param isCurrent whether the list of a scope is replaced by its next slot
   * @param at time of the changed lists, in Unix milliseconds
   * @param changedLists receives every list that contained one of the videos, without them
   */
  void remove(
      Set<Long> videos, Predicate<String> isCurrent, long at, Consumer<TrendingList> changedLists) {
    for (TrendingList list : List.copyOf(lists.values())) {
      if (!isCurrent.test(list.getScope())
          && (containsAny(list.getEntriesList(), videos)
              || containsAny(list.getTopList(), videos))) {
        changedLists.accept(without(list, videos, at));
      }
    }
  }

  private static boolean containsAny(List<TrendingList.Entry> entries, Set<Long> videos) {
    return entries.stream().anyMatch(entry -> videos.contains(entry.getVideoId()));
  }

  private static TrendingList without(TrendingList list, Set<Long> videos, long at) {
    TrendingList.Builder others =
        TrendingList.newBuilder().setScope(list.getScope()).setAt(Timestamps.fromMillis(at));
    for (TrendingList.Entry entry : list.getEntriesList()) {
      if (!videos.contains(entry.getVideoId())) {
        others.addEntries(entry);
      }
    }
    for (TrendingList.Entry entry : list.getTopList()) {
      if (!videos.contains(entry.getVideoId())) {
        others.addTop(entry);
      }
    }
    return others.build();
  }

  /** Forgets lists that have expired in Redis. */
  void evict(long now, Duration ttl) {
    lists
        .values()
        .removeIf(
            list -> {
              boolean isExpired = Timestamps.toMillis(list.getAt()) + ttl.toMillis() < now;
              if (isExpired) {
                changed.add(list.getScope());
              }
              return isExpired;
            });
  }

  /** Passes the lists that changed since the last call to a storage. */
  void storeChanged(Storage storage) throws Exception {
    for (String scope : changed) {
      storage.accept(scope, Optional.ofNullable(lists.get(scope)));
    }
    changed.clear();
  }
}
