package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.process.KeepAliveClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * So many requests a second, whether they are answered or not: the time of each counts from when it
 * was due, so that one which waits for a slow answer before it is not left out.
 */
final class PacedLoad {
  private static final int CLIENTS = 16;
  private static final int DIGITS = 3;
  private static final double NANOS_A_MILLI = 1e6;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private PacedLoad() {}

  /** The times of the answers, in nanoseconds. */
  static Histogram of(int port, List<String> paths, double perSecond, Duration time)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      long begun = System.nanoTime();
      long step = (long) (CLIENTS * NANOS_A_SECOND / perSecond);
      List<Future<Histogram>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        long first = begun + step * i / CLIENTS;
        int place = i * (paths.size() / CLIENTS);
        running.add(
            threads.submit(() -> send(port, paths, place, first, step, begun + time.toNanos())));
      }
      Histogram all = new Histogram(DIGITS);
      for (Future<Histogram> each : running) {
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

  private static Histogram send(
      int port, List<String> paths, int place, long first, long step, long end) throws IOException {
    Histogram nanos = new Histogram(DIGITS);
    try (KeepAliveClient client = KeepAliveClient.connect(port)) {
      int at = place;
      for (long due = first; due - end < 0; due += step) {
        long early = due - System.nanoTime();
        if (early > 0) {
          LockSupport.parkNanos(early);
        }
        int status = client.get(paths.get(at++ % paths.size())).status();
        if (status != 200) {
          throw new IOException("status " + status + " (expected: 200)");
        }
        nanos.recordValue(System.nanoTime() - due);
      }
    }
    return nanos;
  }

  /** The time within which a share of the requests was answered, in milliseconds. */
  static double millisAt(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_A_MILLI;
  }
}
