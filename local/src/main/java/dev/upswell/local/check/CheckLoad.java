package dev.upswell.local.check;

import dev.upswell.local.events.EventSink;
import dev.upswell.local.events.Load;
import dev.upswell.local.events.PacedLoop;
import dev.upswell.local.traffic.Mix;
import dev.upswell.local.traffic.Population;
import dev.upswell.local.traffic.TrafficGenerator;
import dev.upswell.local.traffic.ViralSpike;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fixed number of events at a steady rate, with many changes of feeds. Every user has a session and
 * reads. One creator publishes more videos than an outbox has entries, and some videos go viral.
 */
public final class CheckLoad implements Load {
  private static final int USERS = 2_400;
  private static final int CREATORS = 240;
  private static final int RATE = 250;
  private static final Mix MIX = new Mix(100, 60, 4, 30, 20, 6, 3);

  // About a tenth of all users follow this creator. It publishes some 600 videos in two minutes,
  // and an outbox has 500 entries.
  private static final int PROLIFIC = 20;
  private static final int PROLIFIC_EVERY = 50;

  // The first has nothing to draw from yet.
  private static final int SPIKES = 5;

  private final InstantSource clock;
  private final int total;
  private final int spikeEvery;
  private final TrafficGenerator generator;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicLong videos = new AtomicLong();
  private final AtomicInteger lastReader = new AtomicInteger();
  private Optional<PacedLoop> loop = Optional.empty();

  /**
   * Generates the population.
   *
   * @param length duration of the traffic
   * @param seed the same seed gives the same events
   */
  public CheckLoad(Duration length, long seed, EventSink sink, InstantSource clock) {
    this.clock = clock;
    this.total = (int) (length.toSeconds() * RATE);
    this.spikeEvery = Math.max(1, total / SPIKES);
    SplittableRandom random = new SplittableRandom(seed);
    Population population = new Population(USERS, CREATORS, random);
    this.generator =
        new TrafficGenerator(population, MIX, random, sink, video -> videos.incrementAndGet());
  }

  @Override
  public void sendInitialState() {
    long now = clock.millis();
    generator.begin(now);
    for (int user = 1; user <= USERS; user++) {
      generator.open(user, now);
    }
  }

  @Override
  public void start() {
    loop = Optional.of(new PacedLoop("check-traffic", () -> RATE, this::next));
  }

  @Override
  public double done() {
    loop.ifPresent(PacedLoop::isRunning);
    return sent.get() / (double) total;
  }

  @Override
  public long videos() {
    return videos.get();
  }

  /** Round robin, so that every feed is read equally often. */
  @Override
  public long reader() {
    return lastReader.updateAndGet(last -> last % USERS + 1);
  }

  /** All users. */
  public Set<Long> viewers() {
    Set<Long> viewers = new TreeSet<>();
    for (long user = 1; user <= USERS; user++) {
      viewers.add(user);
    }
    return viewers;
  }

  @Override
  public void close() {
    loop.ifPresent(PacedLoop::close);
  }

  private void next() {
    int number = sent.get();
    if (number >= total) {
      return;
    }
    int sinceSpike = number % spikeEvery;
    if (sinceSpike == 0) {
      generator.spike();
    }
    generator.spikeShare(ViralSpike.share(sinceSpike / (double) spikeEvery));
    if (number % PROLIFIC_EVERY == 0) {
      generator.publish(PROLIFIC, clock.millis());
    } else {
      generator.next(clock.millis());
    }
    sent.incrementAndGet();
  }
}
