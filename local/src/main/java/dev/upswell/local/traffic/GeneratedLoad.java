package dev.upswell.local.traffic;

import dev.upswell.contract.events.Video;
import dev.upswell.local.events.EventSink;
import dev.upswell.local.events.Load;
import dev.upswell.local.events.PacedLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;

/**
 * Endless generated traffic. Its rate follows the hours of an accelerated day. Every few hours one
 * of the newest videos goes viral.
 */
public final class GeneratedLoad implements Load {
  private static final double FIRST_HOUR = 11;
  private static final double HOURS = 24;
  private static final int SPIKE_EVERY_HOURS = 3;
  private static final int TRIES_FOR_FOLLOWER = 100;

  private final Settings settings;
  private final InstantSource clock;
  private final Population population;
  private final TrafficGenerator generator;
  private final RandomGenerator readers;
  private final AtomicLong videos = new AtomicLong();
  private final ObjLongConsumer<Video> onFollowed;
  private Optional<PacedLoop> loop = Optional.empty();
  private long start;
  private int lastHour;

  /**
   * Volume of traffic.
   *
   * @param rate events per second, the mean over a day
   * @param dayLength duration of a day
   * @param seed the same seed gives the same events
   */
  public record Settings(int rate, int users, int creators, Duration dayLength, long seed) {}

  /**
   * Generates the population.
   *
   * @param onFollowed receives each new video and an active follower, if there is one
   */
  public GeneratedLoad(
      Settings settings, EventSink sink, InstantSource clock, ObjLongConsumer<Video> onFollowed) {
    this.settings = settings;
    this.clock = clock;
    this.onFollowed = onFollowed;
    SplittableRandom random = new SplittableRandom(settings.seed());
    this.readers = random.split();
    this.population = new Population(settings.users(), settings.creators(), random);
    this.generator = new TrafficGenerator(population, Mix.OF_AN_APP, random, sink, this::published);
  }

  @Override
  public void sendInitialState() {
    generator.begin(clock.millis());
  }

  @Override
  public void start() {
    start = System.nanoTime();
    loop = Optional.of(new PacedLoop("traffic", this::rate, this::next));
  }

  @Override
  public double done() {
    loop.ifPresent(PacedLoop::isRunning);
    return 0;
  }

  @Override
  public long videos() {
    return videos.get();
  }

  @Override
  public synchronized long reader() {
    return generator.drawActive(readers);
  }

  @Override
  public void close() {
    loop.ifPresent(PacedLoop::close);
  }

  private double rate() {
    return settings.rate() * ShortVideo.busyness(hour() % HOURS);
  }

  private void next() {
    int hour = (int) hour();
    if (hour != lastHour && hour % SPIKE_EVERY_HOURS == 0) {
      generator.spike();
    }
    lastHour = hour;
    generator.spikeShare(ViralSpike.share(hour() % SPIKE_EVERY_HOURS / SPIKE_EVERY_HOURS));
    generator.next(clock.millis());
  }

  private double hour() {
    double days = (System.nanoTime() - start) / (double) settings.dayLength().toNanos();
    return FIRST_HOUR + days * HOURS;
  }

  private void published(Video video) {
    videos.incrementAndGet();
    for (int i = 0; i < TRIES_FOR_FOLLOWER; i++) {
      int user = (int) reader();
      if (population.follows(user, (int) video.getCreatorId())) {
        onFollowed.accept(video, user);
        return;
      }
    }
  }
}
