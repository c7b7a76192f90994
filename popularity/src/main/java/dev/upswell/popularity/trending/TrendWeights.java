package dev.upswell.popularity.trending;

import java.io.Serializable;

/**
 * Weights of events.
 *
 * @param view a view
 * @param completed a completed view, instead of {@code view}
 * @param notInterested lowers the score
 * @param report lowers the score
 */
public record TrendWeights(
    int view, int completed, int like, int comment, int share, int notInterested, int report)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The default weights. */
  public static final TrendWeights DEFAULTS = new TrendWeights(1, 2, 3, 4, 6, 2, 20);
}
