package dev.upswell.popularity.trending;

import java.util.Comparator;

/**
 * A video that may be in a list of a scope, with all that its place comes from.
 *
 * @param category empty if it is not known
 * @param score by which the list is ordered, in whole millionths (2^-20)
 * @param engagement decayed and weighted
 * @param baseline engagement that was to be expected
 * @param variance of its past engagement
 * @param views decayed
 * @param viewers different ones, decayed
 * @param touched the last slot in which anything happened to it in this scope
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
  /** Best first; of equal ones the newer video, whose id is greater. */
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
