package dev.upswell.local.check;

import dev.upswell.contract.Decoded;
import dev.upswell.contract.EventCodec;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.View;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares late views with the late events. */
final class LateComparison {
  private static final int SHOWN = 5;

  private final EventCodec<View> codec = new EventCodec<>(EventType.VIEWS, InstantSource.system());
  private final Set<String> expected;

  /** Expects views with these eventIds. */
  LateComparison(Set<String> expected) {
    this.expected = expected;
  }

  boolean hasAll(List<LateEvent> events) {
    return ids(events).containsAll(expected);
  }

  /** Compares; an event may have been written twice. */
  Outcome compare(List<LateEvent> events) {
    Set<String> found = ids(events);
    List<String> differences = new ArrayList<>();
    expected.stream()
        .filter(id -> !found.contains(id))
        .limit(SHOWN)
        .forEach(id -> differences.add("missing: view " + id));
    found.stream()
        .filter(id -> !expected.contains(id))
        .limit(SHOWN)
        .forEach(id -> differences.add("was in time: view " + id));
    return new Outcome(
        "late events",
        "%,d views came after their hour was final, %,d late events"
            .formatted(expected.size(), found.size()),
        differences);
  }

  private Set<String> ids(List<LateEvent> events) {
    Set<String> ids = new HashSet<>();
    for (LateEvent event : events) {
      if (codec.decode(event.getRaw().toByteArray()) instanceof Decoded.Good<View> view) {
        ids.add(view.value().getEventId());
      } else {
        ids.add("that cannot be read: " + event.getRaw());
      }
    }
    return ids;
  }
}
