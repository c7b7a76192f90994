package dev.upswell.benchmarks.trending;

import dev.upswell.popularity.trending.Candidate;
import dev.upswell.popularity.trending.DiversityRules;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.SpamRules;
import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.TrendScore;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.popularity.trending.VideoMetadata;
import java.util.Arrays;
import java.util.List;

/** Scores of the steps of a series, as the job would make them if each mention were a view. */
final class VolumeScores {
  private static final int SLOTS = (int) (Volumes.STEP_MILLIS / Slots.MILLIS);
  private static final int DAY = 288;

  private VolumeScores() {}

  /** Returns the job's figures per step: engagement, baseline and variance. */
  static List<double[]> board(Volumes volumes, TrendingSettings settings) {
    TrendBoard board =
        new TrendBoard(
            settings.with(new SpamRules(1e-3, 0, 1)).with(new DiversityRules(1, 1, 1)),
            new ScopeKey(List.of()));
    VideoMetadata metadata = VideoMetadata.of(1, "", false);
    double[] engagement = new double[volumes.values().size()];
    double[] expected = new double[volumes.values().size()];
    double[] variance = new double[volumes.values().size()];
    int slot = Slots.of(volumes.start());
    for (int step = 0; step < engagement.length; step++) {
      int value = volumes.values().get(step);
      for (int i = 0; i < SLOTS; i++) {
        // The count of five minutes is spread evenly.
        int part = value * (i + 1) / SLOTS - value * i / SLOTS;
        if (part > 0) {
          board.add(
              board.video(1, metadata),
              new TrendCount(1, slot, 0, ScopeKey.GLOBAL, part, part, part, 0, 0),
              slot);
        }
        slot++;
      }
      for (ScopeLists lists : board.lists(slot - 1)) {
        Candidate only = lists.top().get(0);
        engagement[step] = only.engagement();
        expected[step] = only.baseline();
        variance[step] = only.variance();
      }
    }
    return List.of(engagement, expected, variance);
  }

  static double[] scores(List<double[]> board, TrendScore score, double floor) {
    double[] scores = new double[board.get(0).length];
    Arrays.setAll(
        scores,
        step -> score.of(board.get(0)[step], board.get(1)[step], board.get(2)[step], floor));
    return scores;
  }

  /** Standard deviations above the mean of the day before. */
  static double[] standardScore(Volumes volumes) {
    double[] scores = new double[volumes.values().size()];
    double sum = 0;
    double squares = 0;
    for (int step = 0; step < scores.length; step++) {
      double value = volumes.values().get(step);
      if (step >= DAY) {
        double mean = sum / DAY;
        double deviation = Math.sqrt(Math.max(0, squares / DAY - mean * mean));
        scores[step] = (value - mean) / Math.max(1, deviation);
        double oldest = volumes.values().get(step - DAY);
        sum -= oldest;
        squares -= oldest * oldest;
      }
      sum += value;
      squares += value * value;
    }
    return scores;
  }

  static double[] volume(Volumes volumes) {
    return volumes.values().stream().mapToDouble(Integer::doubleValue).toArray();
  }
}
