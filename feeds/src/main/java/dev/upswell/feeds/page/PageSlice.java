package dev.upswell.feeds.page;

import dev.upswell.contract.redis.FeedEntry;
import java.util.List;
import java.util.OptionalLong;

/**
 * The entries of a page, before those are left out that must not be shown.
 *
 * @param next where to go on; empty at the end
 */
public record PageSlice(List<FeedEntry> entries, OptionalLong next) {
  /**
   * Cuts a page.
   *
   * @param found one more than the limit, or all videos down to the floor
   * @param floor id below which the next page continues; 0 if there is none
   */
  public static PageSlice at(int limit, List<FeedEntry> found, long floor) {
    if (found.size() > limit) {
      List<FeedEntry> page = found.subList(0, limit);
      return new PageSlice(page, OptionalLong.of(last(page)));
    }
    return new PageSlice(found, floor == 0 ? OptionalLong.empty() : OptionalLong.of(floor));
  }

  /** Returns whether the page is empty although there is more below. */
  public boolean isEmptyWithMore() {
    return entries.isEmpty() && next.isPresent();
  }

  private static long last(List<FeedEntry> entries) {
    return entries.get(entries.size() - 1).videoId();
  }
}
