package dev.upswell.popularity.trending;

import java.util.List;

/**
 * The lists of a scope at the end of a slot.
 *
 * @param scope its name, such as {@code region:BR}
 * @param ofOneCategory whether all its videos have the same category
 * @param rising best first
 * @param top most engagement first
 */
public record ScopeLists(
    String scope, int slot, boolean ofOneCategory, List<Candidate> rising, List<Candidate> top) {
  /** Keeps its own copies. */
  public ScopeLists {
    rising = List.copyOf(rising);
    top = List.copyOf(top);
  }

  /**
   * The lists of a scope, of those of its parts.
   *
   * @param parts of the same scope and slot, at least one; all videos of a creator in the same
   */
  public static ScopeLists merge(List<ScopeLists> parts, TrendingSettings settings) {
    ScopeLists first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    DiversityRules rules = settings.rulesOf(first.ofOneCategory());
    return new ScopeLists(
        first.scope(),
        first.slot(),
        first.ofOneCategory(),
        rules.select(parts.stream().flatMap(part -> part.rising().stream()).toList()),
        rules.select(parts.stream().flatMap(part -> part.top().stream()).toList()));
  }
}
