package dev.upswell.simulation;

import dev.upswell.contract.events.Follow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A sequence of events, and the seed of the order of their effects.
 *
 * @param events in order of occurrence
 */
public record History(List<Event> events, long seed) {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 90;

  /** Keeps its own copy. */
  public History {
    events = List.copyOf(events);
  }

  /** Returns a random history; the same number gives the same history. */
  public static History random(long number) {
    Random random = new Random(number);
    // Discards the first value, which is similar for consecutive seeds.
    random.nextLong();
    int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
    List<Event> events = new ArrayList<>(length);
    boolean celebrity = random.nextBoolean();
    if (celebrity) {
      events.addAll(crowd());
    }
    Event.Mix mix = new Event.Mix(celebrity, random.nextInt(10));
    while (events.size() < length) {
      events.add(Event.random(random, mix));
    }
    return new History(events, random.nextLong());
  }

  /**
   * All users are active and follow the first one; otherwise no creator would be pulled in so small
   * a world.
   */
  private static List<Event> crowd() {
    List<Event> events = new ArrayList<>();
    for (long user = 1; user <= FeedSimulation.USERS; user++) {
      events.add(new Event.Open(user));
      if (user > 1) {
        events.add(new Event.Relate(user, 1, Follow.Type.FOLLOW, -1));
      }
    }
    return events;
  }

  /**
   * A history that fails too, with events left out as long as one does that.
   *
   * @param fails whether a history fails
   */
  History shrink(Predicate<History> fails) {
    History shortest = this;
    int size = Math.max(1, events.size() / 2);
    while (size > 0) {
      Optional<History> shorter = shortest.without(size, fails);
      if (shorter.isPresent()) {
        shortest = shorter.get();
      } else {
        size /= 2;
      }
    }
    return shortest;
  }

  /** Returns the first failing history without {@code size} consecutive events. */
  private Optional<History> without(int size, Predicate<History> fails) {
    for (int from = events.size() - size; from >= 0; from -= size) {
      List<Event> fewer = new ArrayList<>(events.subList(0, from));
      fewer.addAll(events.subList(from + size, events.size()));
      // Another order of effects may need fewer events.
      for (long otherSeed = seed; otherSeed < seed + 5; otherSeed++) {
        History shorter = new History(fewer, otherSeed);
        if (fails.test(shorter)) {
          return Optional.of(shorter);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns one event per line. */
  @Override
  public String toString() {
    return events.stream()
        .map(event -> "  " + event)
        .collect(Collectors.joining("\n", "seed " + seed + "\n", ""));
  }
}
