package dev.upswell.feeds.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** Everything that could happen next; a seed decides what does. Single-threaded. */
final class Steps implements Executor {
  private final List<Runnable> ready = new ArrayList<>();
  private final Random random;

  Steps(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public void execute(Runnable step) {
    ready.add(step);
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  void runOne() {
    int chosen = random.nextInt(ready.size());
    Runnable step = ready.get(chosen);
    // Order among those that are ready means nothing, so the last may take the place.
    ready.set(chosen, ready.get(ready.size() - 1));
    ready.remove(ready.size() - 1);
    step.run();
  }

  void runSome(int most) {
    for (int i = random.nextInt(most + 1); i > 0 && !isEmpty(); i--) {
      runOne();
    }
  }

  void runAll() {
    while (!isEmpty()) {
      runOne();
    }
  }
}
