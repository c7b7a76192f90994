package dev.upswell.benchmarks.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Result of a closed loop: each client sends its next request after the last response.
 *
 * @param nanos time of each request
 * @param elapsed from the first request to the last response
 */
record Load(Histogram nanos, Duration elapsed) {
  private static final int DIGITS = 3;
  private static final double NANOS_A_MILLI = 1e6;
  private static final double NANOS_A_SECOND = 1e9;

  /**
   * Runs every client in its own thread for a time.
   *
   * @throws IllegalStateException if a request fails
   */
  static Load of(List<? extends Work> clients, Duration duration) {
    ExecutorService threads = Executors.newFixedThreadPool(clients.size());
    try {
      long begun = System.nanoTime();
      long end = begun + duration.toNanos();
      List<Future<Histogram>> running = new ArrayList<>();
      for (Work client : clients) {
        running.add(threads.submit(() -> repeat(client, end)));
      }
      Histogram all = new Histogram(DIGITS);
      for (Future<Histogram> each : running) {
        all.add(each.get());
      }
      return new Load(all, Duration.ofNanos(System.nanoTime() - begun));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Histogram repeat(Work client, long end) throws IOException {
    Histogram nanos = new Histogram(DIGITS);
    while (System.nanoTime() - end < 0) {
      client.prepare();
      long sent = System.nanoTime();
      client.request();
      nanos.recordValue(System.nanoTime() - sent);
    }
    return nanos;
  }

  long requests() {
    return nanos.getTotalCount();
  }

  double perSecond() {
    return requests() * NANOS_A_SECOND / elapsed.toNanos();
  }

  /** The time within which a share of the requests was answered, in milliseconds. */
  double millisAt(double percentile) {
    return nanos.getValueAtPercentile(percentile) / NANOS_A_MILLI;
  }
}
