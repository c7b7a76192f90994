package dev.upswell.local;

import dev.upswell.contract.events.Video;
import dev.upswell.local.console.Console;
import dev.upswell.local.events.KafkaEvents;
import dev.upswell.local.events.Load;
import dev.upswell.local.feed.DeliverySampler;
import dev.upswell.local.feed.FeedClient;
import dev.upswell.local.feed.FeedReaders;
import dev.upswell.local.replay.ReplayedLoad;
import dev.upswell.local.stack.Stack;
import dev.upswell.local.tiers.PromotionWatch;
import dev.upswell.local.traffic.GeneratedLoad;
import dev.upswell.local.traffic.UnsteadyNetwork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets traffic in and tells what comes of it, until told to stop, the time is over or the recording
 * is.
 */
final class OpenRun implements Run {
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
      load.begin();
      events.flush();
      console.progress("%,d events of what was before are in Kafka".formatted(events.sent()));
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
    try {
      return stop.await(Progress.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
