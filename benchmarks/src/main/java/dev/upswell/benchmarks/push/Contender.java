package dev.upswell.benchmarks.push;

import dev.upswell.benchmarks.process.CpuTime;
import dev.upswell.benchmarks.report.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One side of the comparison and the results of its rounds. Used by one thread. */
final class Contender implements AutoCloseable {
  /** Pushes under way; so much that Redis never waits for the client. */
  private static final int WINDOW = 4_096;

  private final PushClient pipeline;
  private final int blocks;
  private final int blockSize;
  private final long redisPid;
  private final List<Round> rounds = new ArrayList<>();
  private int next;

  Contender(PushClient pipeline, long[][] blocks, long redisPid) {
    this.pipeline = pipeline;
    this.blocks = blocks.length;
    this.blockSize = blocks[0].length;
    this.redisPid = redisPid;
  }

  /** Result of a round. The client's processor time is that of this JVM. */
  private record Round(long pushes, long nanos, Duration clientCpu, Duration redisCpu) {}

  void warmUp(Duration duration) {
    run(duration);
  }

  void measure(Duration duration) {
    rounds.add(run(duration));
  }

  private Round run(Duration duration) {
    long self = ProcessHandle.current().pid();
    Duration client = CpuTime.of(self);
    Duration redis = CpuTime.of(redisPid);
    long begun = System.nanoTime();
    long pushes = 0;
    int underWay = 0;
    while (System.nanoTime() - begun < duration.toNanos()) {
      if (underWay == WINDOW / blockSize) {
        pipeline.awaitOldest();
        underWay--;
      }
      pipeline.send(next);
      next = (next + 1) % blocks;
      underWay++;
      pushes += blockSize;
    }
    for (; underWay > 0; underWay--) {
      pipeline.awaitOldest();
    }
    return new Round(
        pushes,
        System.nanoTime() - begun,
        CpuTime.of(self).minus(client),
        CpuTime.of(redisPid).minus(redis));
  }

  Samples perSecond() {
    return samples(round -> round.pushes * 1e9 / round.nanos);
  }

  /** Processor time of the client for a push, in nanoseconds. */
  Samples clientCpuNanos() {
    return samples(round -> (double) round.clientCpu.toNanos() / round.pushes);
  }

  /** Processor time of Redis for a push, in nanoseconds. */
  Samples redisCpuNanos() {
    return samples(round -> (double) round.redisCpu.toNanos() / round.pushes);
  }

  private Samples samples(ToDoubleFunction<Round> figure) {
    return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
