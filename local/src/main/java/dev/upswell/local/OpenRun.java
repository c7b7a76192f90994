package dev.upswell.local;

import dev.upswell.contract.events.Video;
import dev.upswell.local.console.Console;
import dev.upswell.local.events.KafkaEvents;
import dev.upswell.local.events.Load;
import dev.upswell.local.feed.DeliverySampler;
import dev.upswell.local.feed.FeedClient;
import dev.upswell.local.feed.FeedReaders;
import dev.upswell.local.replay.ReplayedLoad;
import dev.upswell.local.stack.Job;
import dev.upswell.local.stack.Stack;
import dev.upswell.local.tiers.PromotionWatch;
import dev.upswell.local.traffic.GeneratedLoad;
import dev.upswell.local.traffic.UnsteadyNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends traffic and prints figures until it is stopped, the duration is over or the recording ends.
 */
final class OpenRun implements Run {
  private static final int PAGE = 20;
  private static final Duration FAST = Duration.ofMillis(250);
  private static final int FAST_READS = 100;
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final Duration MIN_WARM_UP = Duration.ofSeconds(30);
  private static final Duration MAX_WARM_UP = Duration.ofMinutes(1);

  private final LocalOptions options;
  private final Stack stack;
  private final Console console;

  OpenRun(LocalOptions options, Stack stack, Console console) {
    this.options = options;
    this.stack = stack;
    this.console = console;
  }

  @Override
  public boolean until(CountDownLatch stop) {
    FeedClient client = new FeedClient(stack.apiUrl());
    DeliverySampler sampler = new DeliverySampler(client);
    try (KafkaEvents events = new KafkaEvents(stack.bootstrapServers(), Stack.TOPICS);
        Load load = load(events, sampler);
        PromotionWatch promotions =
            new PromotionWatch(stack.bootstrapServers(), Stack.TOPICS.promotions(), console)) {
      load.sendInitialState();
      events.flush();
      awaitInitialState(events.sent(), stop);
      load.start();
      warmUp(client, load, stop);
      stack.suggest();
      try (FeedReaders readers =
          new FeedReaders(client, () -> options.traffic().reads(), load::reader)) {
        follow(
            new Progress(console, events, load::videos, promotions::count, readers, sampler),
            load,
            stop);
      }
      return events.failure().isEmpty();
    }
  }

  private Load load(KafkaEvents events, DeliverySampler sampler) {
    LocalOptions.Traffic traffic = options.traffic();
    return options
        .replay()
        .<Load>map(
            replay -> new ReplayedLoad(replay.directory(), replay.speed(), events, Instant.now()))
        .orElseGet(
            () ->
                new GeneratedLoad(
                    new GeneratedLoad.Settings(
                        traffic.rate(),
                        traffic.users(),
                        traffic.creators(),
                        traffic.dayLength(),
                        traffic.seed()),
                    new UnsteadyNetwork(events),
                    InstantSource.system(),
                    (Video video, long follower) -> sampler.offer(video.getVideoId(), follower)));
  }

  /**
   * Waits until the fan-out job has read the initial state. Readers that start earlier measure the
   * initial load instead of a running system. The other jobs read none of it.
   */
  private void awaitInitialState(long total, CountDownLatch stop) {
    long unread;
    do {
      unread = stack.lag(Job.FANOUT);
      console.progress(
          "initial state: %,d of %,d events read by the fan-out job"
              .formatted(Math.max(0, total - unread), total));
    } while (unread > 0 && !stopped(stop));
  }

  /**
   * Reads feeds one by one until they are fast. The JIT compilers of jobs and API take all
   * processors at first, and concurrent reads would open the circuit breaker of the API.
   */
  private void warmUp(FeedClient client, Load load, CountDownLatch stop) {
    long start = System.nanoTime();
    long earliest = start + MIN_WARM_UP.toNanos();
    long end = start + MAX_WARM_UP.toNanos();
    int fast = 0;
    while ((fast < FAST_READS || System.nanoTime() < earliest)
        && System.nanoTime() < end
        && stop.getCount() > 0) {
      long user = load.reader();
      long before = System.nanoTime();
      boolean read =
          user > 0
              && client
                  .page(user, PAGE, Optional.empty())
                  .handle((page, failure) -> failure == null)
                  .join();
      fast = read && System.nanoTime() - before < FAST.toNanos() ? fast + 1 : 0;
      if (!read && stopped(stop, RETRY_AFTER)) {
        return;
      }
    }
    console.progress(
        "system is warm after %.1f s of traffic".formatted((System.nanoTime() - start) / 1e9));
  }

  private void follow(Progress progress, Load load, CountDownLatch stop) {
    long start = System.nanoTime();
    boolean over = false;
    while (!over && !stopped(stop)) {
      progress.print();
      over =
          load.done() >= 1
              || options
                  .duration()
                  .filter(limit -> System.nanoTime() - start >= limit.toNanos())
                  .isPresent();
    }
  }

  private static boolean stopped(CountDownLatch stop) {
    return stopped(stop, Progress.INTERVAL);
  }

  /** Waits for a time. Returns whether the run was stopped. */
  private static boolean stopped(CountDownLatch stop, Duration time) {
    try {
      return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
