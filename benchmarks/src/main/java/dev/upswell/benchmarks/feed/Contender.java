package dev.upswell.benchmarks.feed;

import dev.upswell.benchmarks.process.CpuTime;
import dev.upswell.benchmarks.report.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One side of the comparison: its clients and the results of its rounds. */
final class Contender implements AutoCloseable {
  private final List<? extends Work> clients;
  private final long apiPid;
  private final long redisPid;
  private final List<Round> rounds = new ArrayList<>();

  Contender(List<? extends Work> clients, long apiPid, long redisPid) {
    this.clients = clients;
    this.apiPid = apiPid;
    this.redisPid = redisPid;
  }

  /** Result of a round. Processor time is that of the servers, without clients. */
  private record Round(Load load, Duration apiCpu, Duration redisCpu) {}

  void warmUp(Duration duration) {
    Load.of(clients, duration);
  }

  void measure(Duration duration) {
    Duration api = CpuTime.of(apiPid);
    Duration redis = CpuTime.of(redisPid);
    Load load = Load.of(clients, duration);
    rounds.add(new Round(load, CpuTime.of(apiPid).minus(api), CpuTime.of(redisPid).minus(redis)));
  }

  /** Returns the number of responses in all rounds. */
  long requests() {
    return rounds.stream().mapToLong(round -> round.load.requests()).sum();
  }

  /** The time within which a share of the requests was answered, in milliseconds. */
  Samples millisAt(double percentile) {
    return samples(round -> round.load.millisAt(percentile));
  }

  Samples perSecond() {
    return samples(round -> round.load.perSecond());
  }

  /** Processor time of the API for a request, in milliseconds. */
  Samples apiCpuMillis() {
    return samples(round -> perRequest(round, round.apiCpu));
  }

  /** Processor time of Redis for a request, in milliseconds. */
  Samples redisCpuMillis() {
    return samples(round -> perRequest(round, round.redisCpu));
  }

  private Samples samples(ToDoubleFunction<Round> figure) {
    return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
  }

  private static double perRequest(Round round, Duration cpu) {
    return cpu.toNanos() / 1e6 / round.load.requests();
  }

  @Override
  public void close() throws IOException {
    for (Work client : clients) {
      client.close();
    }
  }
}
