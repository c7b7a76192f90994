package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.process.KeepAliveClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests of apps: three first pages, then a prefetch and a statistic, at an open rate. A request
 * that cannot be sent on time, because all connections are busy, is counted instead of sent.
 */
final class MixedLoad {
  /** More than there are turns and places to wait. */
  private static final int CLIENTS = 256;

  private static final int DIGITS = 3;
  private static final long NANOS_A_SECOND = 1_000_000_000;
  private static final double NANOS_A_MILLI = 1e6;
  private static final long TOO_LATE_NANOS = 100_000_000;
  private static final String PREFETCH = "sec-purpose: prefetch\r\n";
  private static final int TURNS = 5;

  private final int port;
  private final List<String> feeds;
  private final List<String> statistics;

  /** Kind of request, the most urgent first. */
  enum Kind {
    FIRST_PAGE,
    PREFETCH,
    STATISTICS
  }

  /** Results of requests. */
  static final class Outcome {
    private final Map<Kind, long[]> answers = new EnumMap<>(Kind.class);
    private final Histogram nanos = new Histogram(DIGITS);
    private long stale;
    private long notSent;

    Outcome() {
      for (Kind kind : Kind.values()) {
        answers.put(kind, new long[3]);
      }
    }

    private void add(Outcome other) {
      other.answers.forEach(
          (kind, counts) -> Arrays.setAll(counts(kind), i -> counts(kind)[i] + counts[i]));
      nanos.add(other.nanos);
      stale += other.stale;
      notSent += other.notSent;
    }

    private long[] counts(Kind kind) {
      return answers.getOrDefault(kind, new long[3]);
    }

    private void count(Kind kind, KeepAliveClient.Answer answer, long took) {
      if (answer.status() == 200) {
        nanos.recordValue(took);
        stale += answer.body().contains("\"stale\":true") ? 1 : 0;
      }
      counts(kind)[answer.status() == 200 ? 0 : answer.status() < 500 ? 1 : 2]++;
    }

    long answered() {
      return answers.values().stream().mapToLong(counts -> counts[0]).sum();
    }

    long sent() {
      return answers.values().stream().flatMapToLong(Arrays::stream).sum();
    }

    /** Refused by 503, of all kinds. */
    long refused() {
      return answers.values().stream().mapToLong(counts -> counts[2]).sum();
    }

    /** Rejections by 429, and unexpected responses. */
    long wrong() {
      return answers.values().stream().mapToLong(counts -> counts[1]).sum();
    }

    double answeredPercent(Kind kind) {
      return 100.0 * counts(kind)[0] / Math.max(1, Arrays.stream(counts(kind)).sum());
    }

    long stale() {
      return stale;
    }

    long notSent() {
      return notSent;
    }

    double millisAt(double percentile) {
      return nanos.getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }
  }

  MixedLoad(int port, List<String> feeds, List<String> statistics) {
    this.port = port;
    this.feeds = feeds;
    this.statistics = statistics;
  }

  /**
   * Sends for a time.
   *
   * @param from requests a second at the beginning
   * @param to requests a second once the rise is over
   */
  Outcome run(double from, double to, Duration rise, Duration time) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      Schedule schedule = new Schedule(System.nanoTime(), from, to, rise.toNanos());
      List<Future<Outcome>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        running.add(threads.submit(() -> send(schedule, client, time.toNanos())));
      }
      Outcome all = new Outcome();
      for (Future<Outcome> each : running) {
        all.add(each.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IOException("a request failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Schedule of requests; the rate rises linearly and then stays. */
  private record Schedule(long begun, double from, double to, long riseNanos) {
    double perSecond(long at) {
      double share = riseNanos == 0 ? 1 : Math.min(1, (double) (at - begun) / riseNanos);
      return from + (to - from) * share;
    }

    long next(long sendAt) {
      return sendAt + (long) (CLIENTS * NANOS_A_SECOND / perSecond(sendAt));
    }
  }

  private Outcome send(Schedule schedule, int client, long time) throws IOException {
    Outcome outcome = new Outcome();
    long first = (long) (NANOS_A_SECOND / schedule.from * client);
    int at = client * (feeds.size() / CLIENTS);
    try (KeepAliveClient connection = KeepAliveClient.connect(port)) {
      for (long sendAt = schedule.begun + first;
          sendAt - schedule.begun < time;
          sendAt = schedule.next(sendAt), at++) {
        long early = sendAt - System.nanoTime();
        if (early < -TOO_LATE_NANOS) {
          outcome.notSent++;
          continue;
        }
        if (early > 0) {
          LockSupport.parkNanos(early);
        }
        Kind kind = kind(at % TURNS);
        outcome.count(kind, ask(connection, kind, at), System.nanoTime() - sendAt);
      }
    }
    return outcome;
  }

  private static Kind kind(int turn) {
    return turn < 3 ? Kind.FIRST_PAGE : turn == 3 ? Kind.PREFETCH : Kind.STATISTICS;
  }

  private KeepAliveClient.Answer ask(KeepAliveClient connection, Kind kind, int at)
      throws IOException {
    return switch (kind) {
      case FIRST_PAGE -> connection.get(feeds.get(at % feeds.size()));
      case PREFETCH -> connection.get(feeds.get(at % feeds.size()), PREFETCH);
      case STATISTICS -> connection.get(statistics.get(at % statistics.size()));
    };
  }
}
