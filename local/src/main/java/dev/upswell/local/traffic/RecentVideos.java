package dev.upswell.local.traffic;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The newest videos, from which views are drawn by popularity. A drawn video may be some hundred
 * publications old, never older, which keeps drawing cheap. Not thread-safe.
 */
final class RecentVideos {
  /** Number of newest videos that still get views. */
  static final int CAPACITY = 20_000;

  private static final int NEW = 100;

  // New videos after which the weights are computed again.
  private static final int STALE_AFTER = 100;

  private final Published[] ring = new Published[CAPACITY];
  private final double[] weights = new double[CAPACITY];
  private WeightedChoice choice = new WeightedChoice(new double[] {1});
  private int count;
  private int choosable;
  private long added;

  /** Video that can be viewed. */
  record Published(long videoId, int creatorId, int durationMs) {}

  void add(Published video, double weight) {
    int place = (int) (added++ % CAPACITY);
    ring[place] = video;
    weights[place] = weight;
    count = Math.max(count, place + 1);
    if (added % STALE_AFTER == 0 || added < STALE_AFTER) {
      sumUp();
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Draws a video by popularity. */
  Published draw(RandomGenerator random) {
    return ring[choice.draw(random, choosable)];
  }

  /** Draws a video, each with the same chance, and forgets it. */
  Published take(RandomGenerator random) {
    int place = random.nextInt(count);
    weights[place] = 0;
    return ring[place];
  }

  /** Draws one of the newest videos, each with the same chance. */
  Published drawNew(RandomGenerator random) {
    long back = random.nextInt(Math.min(count, NEW));
    return ring[(int) ((added - 1 - back) % CAPACITY)];
  }

  private void sumUp() {
    choosable = count;
    choice = new WeightedChoice(Arrays.copyOf(weights, count));
  }
}
