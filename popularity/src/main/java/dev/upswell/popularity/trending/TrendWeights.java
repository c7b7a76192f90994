package dev.upswell.popularity.trending;

import java.io.Serializable;

/**
 * What counts how much.
 *
 * @param view that was begun
 * @param completed view that was watched to the end; instead of {@code view}
 * @param notInterested pushes down
 * @param report pushes down
 */
public record TrendWeights(
    int view, int completed, int like, int comment, int share, int notInterested, int report)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Those of the design. */
  public static final TrendWeights DEFAULTS = new TrendWeights(1, 2, 3, 4, 6, 2, 20);
}
