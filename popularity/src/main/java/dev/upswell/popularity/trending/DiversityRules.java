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
 * Selection rules of a list: the best few videos per creator, then a maximum per category, then the
 * best of the rest.
 *
 * <p>Lists of parts can be merged exactly if all videos of a creator are in one part: a video in
 * the merged list is in the list of its part. The best of a creator are the same in the part. The
 * first of a category in a part include those that are first overall, and the videos that a part
 * places before one of them are at most those that all parts place before it.
 *
 * @param size maximum videos in a list; positive
 * @param perCreator maximum videos of one creator; positive
 * @param perCategory maximum videos of one category; positive. Videos without category are not
 *     limited
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
   * Drops duplicates of a video, which occur in the slot in which it changes its creator. Applied
   * last, because the parts of a list cannot detect them.
   */
  public static List<Candidate> withoutDuplicates(List<Candidate> list) {
    Set<Long> videos = new HashSet<>();
    return list.stream().filter(candidate -> videos.add(candidate.videoId())).toList();
  }

  private boolean hasRoom(Map<String, Integer> categories, String category) {
    return category.isEmpty() || categories.merge(category, 1, Integer::sum) <= perCategory;
  }
}
