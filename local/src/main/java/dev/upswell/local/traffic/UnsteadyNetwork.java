package dev.upswell.local.traffic;

import com.google.protobuf.Message;
import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import dev.upswell.local.events.EventSink;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Passes events on as phones do: every hundredth view twice, because the answer was lost, and one
 * in two hundred late, because there was no network; of these most within minutes, and a few so
 * late that their hour is over. Time is that of the views. Not thread-safe.
 */
public final class UnsteadyNetwork implements EventSink {
  private static final int AGAIN_EVERY = 100;
  private static final int LATE_EVERY = 200;
  private static final List<Duration> LATE_BY =
      List.of(
          Duration.ofSeconds(20),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofMinutes(5),
          Duration.ofMinutes(8),
          Duration.ofMinutes(75));

  private final EventSink next;
  private final PriorityQueue<Delayed> delayed =
      new PriorityQueue<>(Comparator.comparingLong(Delayed::until));
  private long views;

  /** A view on a phone without network. */
  private record Delayed(long until, View view) {}

  /** Passes events on to the next. */
  public UnsteadyNetwork(EventSink next) {
    this.next = next;
  }

  @Override
  public <T extends Message> void send(EventType<T> type, T event) {
    if (event instanceof View view) {
      send(view);
    } else {
      next.send(type, event);
    }
  }

  private void send(View view) {
    long number = ++views;
    if (number % LATE_EVERY == 0) {
      Duration by = LATE_BY.get((int) (number / LATE_EVERY % LATE_BY.size()));
      delayed.add(new Delayed(view.getViewedAt() + by.toMillis(), view));
    } else {
      next.send(EventType.VIEWS, view);
      if (number % AGAIN_EVERY == 1) {
        next.send(EventType.VIEWS, view);
      }
    }
    while (!delayed.isEmpty() && delayed.element().until() <= view.getViewedAt()) {
      next.send(EventType.VIEWS, delayed.remove().view());
    }
  }
}
