package dev.upswell.local.traffic;

import dev.upswell.local.events.EventSink;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Generates days of traffic as fast as they are consumed, with the event times of their day. The
 * same seed gives the same days. Not thread-safe.
 */
public final class GeneratedDays {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** 322 million exposures to 27,285 users in 31 days, see {@link ShortVideo}. */
  private static final double VIEWS_OF_A_USER = 381;

  private static final double VIEWS_IN_THOUSAND = 918.1;

  private final TrafficGenerator generator;
  private final double eventsOfADay;
  private final long begin;
  private double now;

  /**
   * Generates the population.
   *
   * @param creators number of users that publish
   * @param begin midnight of the first day, Unix milliseconds
   */
  public GeneratedDays(int users, int creators, long seed, long begin, EventSink sink) {
    SplittableRandom random = new SplittableRandom(seed);
    Population population = new Population(users, creators, random);
    this.generator = new TrafficGenerator(population, Mix.OF_AN_APP, random, sink, published -> {});
    this.eventsOfADay = users * VIEWS_OF_A_USER * 1_000 / VIEWS_IN_THOUSAND;
    this.begin = begin;
    this.now = begin;
    generator.begin(begin);
  }

  /** Sends all events up to the end of a day, counted from 1. */
  public void playUntilEndOf(int day) {
    long end = begin + day * DAY_MILLIS;
    while (now < end) {
      generator.next((long) now);
      double hour = (now - begin) % DAY_MILLIS / HOUR_MILLIS;
      now += DAY_MILLIS / eventsOfADay / ShortVideo.busyness(hour);
    }
  }
}
