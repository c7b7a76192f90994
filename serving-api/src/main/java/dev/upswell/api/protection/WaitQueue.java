package dev.upswell.api.protection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounded priority queue, first in first out within a priority. When it is full, the newest entry
 * of the lowest priority is displaced by one of a higher priority. Not thread-safe.
 */
final class WaitQueue<T> {
  private final int most;
  private final Map<Priority, Deque<T>> lines = new EnumMap<>(Priority.class);
  private int size;

  WaitQueue(int most) {
    this.most = most;
    for (Priority priority : Priority.values()) {
      lines.put(priority, new ArrayDeque<>());
    }
  }

  private Deque<T> line(Priority priority) {
    return lines.computeIfAbsent(priority, unused -> new ArrayDeque<>());
  }

  /**
   * Adds an entry.
   *
   * @return the displaced entry, or the new one if it found no room; empty otherwise
   */
  Optional<T> add(Priority priority, T newcomer) {
    if (size < most) {
      size++;
      line(priority).addLast(newcomer);
      return Optional.empty();
    }
    Optional<T> last = takeLastBelow(priority);
    if (last.isEmpty()) {
      return Optional.of(newcomer);
    }
    line(priority).addLast(newcomer);
    return last;
  }

  private Optional<T> takeLastBelow(Priority priority) {
    Optional<Deque<T>> lowest = Optional.empty();
    for (Map.Entry<Priority, Deque<T>> line : lines.entrySet()) {
      if (line.getKey().compareTo(priority) > 0 && !line.getValue().isEmpty()) {
        lowest = Optional.of(line.getValue());
      }
    }
    return lowest.map(Deque::removeLast);
  }

  /** Removes and returns the next entry. */
  Optional<T> next() {
    for (Deque<T> line : lines.values()) {
      T first = line.pollFirst();
      if (first != null) {
        size--;
        return Optional.of(first);
      }
    }
    return Optional.empty();
  }

  /** Removes an entry that timed out; returns whether it was present. */
  boolean remove(Priority priority, T timedOut) {
    boolean was = line(priority).remove(timedOut);
    size -= was ? 1 : 0;
    return was;
  }

  int size() {
    return size;
  }
}
