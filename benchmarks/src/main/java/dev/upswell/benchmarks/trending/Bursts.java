package dev.upswell.benchmarks.trending;

import dev.upswell.benchmarks.trending.Volumes.Window;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Quality of a score as a burst detector. Steps with at least a threshold, less than an hour apart,
 * are one burst, which is right if it touches a marked window.
 *
 * @param threshold the same for all series
 * @param bursts detected bursts
 * @param right of them
 * @param marked windows
 * @param found of them
 */
record Bursts(double threshold, int bursts, int right, int marked, int found) {
  private static final int STEPS_OF_A_BURST = 12;
  private static final int THRESHOLDS = 400;

  double precision() {
    return bursts == 0 ? 0 : (double) right / bursts;
  }

  double recall() {
    return (double) found / marked;
  }

  /** The harmonic mean of precision and recall. */
  double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  /**
   * Returns the bursts at the best threshold for this score, of all quantiles of its values, so
   * that scores are compared and not their settings.
   *
   * @param scores of each series, by step
   */
  static Bursts best(List<Volumes> series, List<double[]> scores) {
    double[] all = scores.stream().flatMapToDouble(DoubleStream::of).sorted().toArray();
    Bursts best = new Bursts(Double.NaN, 0, 0, 1, 0);
    for (int i = 1; i <= THRESHOLDS; i++) {
      // Closer together where there are few above.
      double rank = all.length * (1 - Math.pow((double) i / THRESHOLDS, 3) * 0.1);
      Bursts at = at(series, scores, all[Math.min(all.length - 1, (int) rank)]);
      if (at.f1() > best.f1()) {
        best = at;
      }
    }
    return best;
  }

  /** With a threshold. */
  static Bursts at(List<Volumes> series, List<double[]> scores, double threshold) {
    int bursts = 0;
    int right = 0;
    int marked = 0;
    int found = 0;
    for (int n = 0; n < series.size(); n++) {
      Volumes volumes = series.get(n);
      double[] score = scores.get(n);
      boolean[] touched = new boolean[volumes.windows().size()];
      for (int step = volumes.judgedFrom(); step < score.length; step++) {
        if (score[step] < threshold) {
          continue;
        }
        int last = endOfBurst(score, step, threshold);
        bursts++;
        boolean any = false;
        for (int w = 0; w < touched.length; w++) {
          Window window = volumes.windows().get(w);
          if (window.touches(step, last)) {
            touched[w] = true;
            any = true;
          }
        }
        right += any ? 1 : 0;
        step = last;
      }
      marked += touched.length;
      for (boolean yes : touched) {
        found += yes ? 1 : 0;
      }
    }
    return new Bursts(threshold, bursts, right, marked, found);
  }

  private static int endOfBurst(double[] score, int from, double threshold) {
    int last = from;
    for (int step = from + 1; step < score.length && step <= last + STEPS_OF_A_BURST; step++) {
      if (score[step] >= threshold) {
        last = step;
      }
    }
    return last;
  }
}
