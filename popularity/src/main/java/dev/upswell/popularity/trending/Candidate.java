package dev.upswell.popularity.trending;

import java.util.Comparator;

/**
 * A candidate for a list of a scope, with the figures behind its place.
 *
 * @param category empty if unknown
 * @param score sort key, in whole millionths (2^-20)
 * @param engagement decayed and weighted
 * @param baseline expected engagement
 * @param variance of past engagement
 * @param views decayed
 * @param viewers distinct viewers, decayed
 * @param touched last slot with an event in this scope
 */
public record Candidate(
    long videoId,
    long creatorId,
    String category,
    double score,
    double engagement,
    double baseline,
    double variance,
    double views,
    double viewers,
    int touched) {
  /** Orders by score, descending; ties by the greater, newer video id. */
  public static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score)
          .thenComparingLong(Candidate::videoId)
          .thenComparingLong(Candidate::creatorId)
          .reversed();

  /** The same with another score. */
  Candidate scored(double other) {
    return new Candidate(
        videoId,
        creatorId,
        category,
        other,
        engagement,
        baseline,
        variance,
        views,
        viewers,
        touched);
  }
}
