package dev.upswell.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * All possible next steps, of which a seed selects one. Single-threaded.
 *
 * <p>The seed also selects an unfairness. With equally likely steps none waits long, but most
 * faults need one slow step among fast ones. So the newest step often runs first, and old ones
 * starve.
 */
final class StepScheduler implements Executor {
  private final List<Runnable> ready = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final Random random;
  private final double unfairness;

  StepScheduler(long seed) {
    this.random = new Random(seed);
    this.unfairness = random.nextBoolean() ? 0 : 0.7 + 0.3 * random.nextDouble();
  }

  @Override
  public void execute(Runnable step) {
    ready.add(step);
  }

  /** A step that a checkpoint does not wait for: a timer of the job. */
  void later(Runnable step) {
    timers.add(step);
  }

  private void runOne() {
    boolean timer = ready.isEmpty() || (!timers.isEmpty() && random.nextInt(4) == 0);
    List<Runnable> from = timer ? timers : ready;
    int newest = from.size() - 1;
    int chosen = random.nextDouble() < unfairness ? newest : random.nextInt(from.size());
    from.remove(chosen).run();
  }

  void runSome(int most) {
    for (int i = random.nextInt(most + 1); i > 0 && !(ready.isEmpty() && timers.isEmpty()); i--) {
      runOne();
    }
  }

  /** Until nothing is under way but timers. */
  void runReady() {
    while (!ready.isEmpty()) {
      ready.remove(random.nextInt(ready.size())).run();
    }
  }

  void runAll() {
    while (!ready.isEmpty() || !timers.isEmpty()) {
      runOne();
    }
  }
}
