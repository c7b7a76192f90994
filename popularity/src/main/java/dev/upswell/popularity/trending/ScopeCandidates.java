package dev.upswell.popularity.trending;

import java.util.ArrayList;
import java.util.List;

/** Candidates for the lists of a scope in one slot. */
final class ScopeCandidates {
  private final boolean ofOneCategory;
  private final List<Candidate> rising = new ArrayList<>();
  private final List<Candidate> top = new ArrayList<>();

  /** Creates a scope without candidates. */
  ScopeCandidates(boolean ofOneCategory) {
    this.ofOneCategory = ofOneCategory;
  }

  /**
   * Adds a candidate.
   *
   * @param rise its score as a rising video
   */
  void add(Candidate candidate, double rise, TrendingSettings settings) {
    top.add(candidate);
    if (rise >= settings.minScore()) {
      rising.add(candidate.scored(rise));
    }
  }

  ScopeLists lists(String name, int slot, TrendingSettings settings) {
    DiversityRules rules = settings.rulesOf(ofOneCategory);
    return new ScopeLists(name, slot, ofOneCategory, rules.select(rising), rules.select(top));
  }
}
