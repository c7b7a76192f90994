package dev.upswell.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A subtask: does one thing at a time, taken from any of its channels but in the order of each. */
final class Actor {
  private final Executor steps;
  private final Deque<Runnable> turnedAway = new ArrayDeque<>();
  private boolean busy;

  Actor(Executor steps) {
    this.steps = steps;
  }

  /** A new way into this actor, that keeps order. */
  Channel channel() {
    Deque<Supplier<CompletableFuture<Void>>> messages = new ArrayDeque<>();
    return message -> {
      messages.add(message);
      steps.execute(() -> next(messages));
    };
  }

  private void next(Deque<Supplier<CompletableFuture<Void>>> messages) {
    if (busy) {
      turnedAway.add(() -> next(messages));
      return;
    }
    busy = true;
    var unused = messages.remove().get().whenComplete((done, failure) -> free());
  }

  private void free() {
    busy = false;
    turnedAway.forEach(steps::execute);
    turnedAway.clear();
  }

  /** A way into an actor. */
  interface Channel {
    /** Sends something to do, which is over when its future completes. */
    void send(Supplier<CompletableFuture<Void>> message);

    /** Sends a message that is processed at once. */
    default void tell(Runnable message) {
      send(
          () -> {
            message.run();
            return CompletableFuture.completedFuture(null);
          });
    }
  }
}
