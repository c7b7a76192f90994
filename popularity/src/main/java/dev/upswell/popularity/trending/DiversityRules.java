package dev.upswell.popularity.trending;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How lists are filled: of each creator only the best few, then of each category at most so many,
 * then the best of what is left.
 *
 * <p>A list may be made of lists of parts, if all videos of a creator are in the same part: what is
 * in the list of all is in the list of its part. For a creator's best are the same in the part; and
 * the first of a category in a part are more than those among them that are the first of all, while
 * whatever a part takes before one that all take is at most what all take before it.
 *
 * @param size most videos in a list; positive
 * @param perCreator most videos of one creator; positive
 * @param perCategory most videos of one category; positive. Those without category are not limited
 */
public record DiversityRules(int size, int perCreator, int perCategory) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A hundred, of which five of a creator and forty of a category. */
  public static final DiversityRules DEFAULTS = new DiversityRules(100, 5, 40);

  /** Checks the ranges. */
  public DiversityRules {
    if (size < 1 || perCreator < 1 || perCategory < 1) {
      throw new IllegalArgumentException(
          "size, perCreator, perCategory: %d, %d, %d (expected: 1 or more)"
              .formatted(size, perCreator, perCategory));
    }
  }

  /** The same without a limit on categories, for the lists of one. */
  DiversityRules ofOneCategory() {
    return new DiversityRules(size, perCreator, size);
  }

  /** The list. */
  public List<Candidate> select(Collection<Candidate> candidates) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(Candidate.BEST_FIRST);
    List<Candidate> list = new ArrayList<>(Math.min(size, sorted.size()));
    Map<Long, Integer> creators = new HashMap<>();
    Map<String, Integer> categories = new HashMap<>();
    for (Candidate candidate : sorted) {
      if (list.size() == size) {
        break;
      }
      // The creator's best are counted whether or not there is room for their category, or it would
      // depend on other parts which they are.
      if (creators.merge(candidate.creatorId(), 1, Integer::sum) <= perCreator
          && hasRoom(categories, candidate.category())) {
        list.add(candidate);
      }
    }
    return list;
  }

  /**
   * Leaves out a video that was there before, as it is when views of it name different creators.
   * Last of all, because the parts of a list do not see it.
   */
  public static List<Candidate> withoutRepeats(List<Candidate> list) {
    Set<Long> videos = new HashSet<>();
    return list.stream().filter(candidate -> videos.add(candidate.videoId())).toList();
  }

  private boolean hasRoom(Map<String, Integer> categories, String category) {
    return category.isEmpty() || categories.merge(category, 1, Integer::sum) <= perCategory;
  }
}
