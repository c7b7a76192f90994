package dev.upswell.feeds.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * Everything that could happen next; a seed decides what does. Single-threaded.
 *
 * <p>The seed also decides how unfair it is: where all steps are equally likely none waits long,
 * and most faults need one thing to be slow while others are fast. So often the newest step goes
 * first, and old ones starve.
 */
final class Steps implements Executor {
  private final List<Runnable> ready = new ArrayList<>();
  private final Random random;
  private final double unfairness;

  Steps(long seed) {
    this.random = new Random(seed);
    this.unfairness = random.nextBoolean() ? 0 : 0.7 + 0.3 * random.nextDouble();
  }

  @Override
  public void execute(Runnable step) {
    ready.add(step);
  }

  private void runOne() {
    int newest = ready.size() - 1;
    int chosen = random.nextDouble() < unfairness ? newest : random.nextInt(ready.size());
    ready.remove(chosen).run();
  }

  void runSome(int most) {
    for (int i = random.nextInt(most + 1); i > 0 && !ready.isEmpty(); i--) {
      runOne();
    }
  }

  void runAll() {
    while (!ready.isEmpty()) {
      runOne();
    }
  }
}
