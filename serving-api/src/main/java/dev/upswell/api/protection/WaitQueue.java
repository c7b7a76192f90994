package dev.upswell.api.protection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bounded queue: higher priorities first, within one in the order in which they came. When it is
 * full, whoever came last of the lowest priority gives way to one of a higher. Not thread-safe.
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
   * Adds somebody.
   *
   * @return who is not in the line in return, the newcomer if nobody else; empty if there was room
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

  /** Takes who is next. */
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

  /** Takes somebody who gave up; whether it was there. */
  boolean remove(Priority priority, T tired) {
    boolean was = line(priority).remove(tired);
    size -= was ? 1 : 0;
    return was;
  }

  int size() {
    return size;
  }
}
