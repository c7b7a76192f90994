package dev.upswell.trending;

import dev.upswell.contract.Hash64;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.views.combine.Combiner;
import dev.upswell.views.combine.CombinerTable;
import java.util.function.Consumer;

/** Combines contributions per video, slot and origin. */
final class TrendCombiner implements Combiner<Contribution, TrendCount> {
  /**
   * Numbers per entry: video, creator, slot and origin, weight and views, viewers and engagement,
   * reports.
   */
  private static final int WIDTH = 6;

  private static final int CREATOR = 1;
  private static final int SLOT_AND_ORIGIN = 2;
  private static final int WEIGHT_AND_VIEWS = 3;
  private static final int VIEWERS_AND_ENGAGEMENT = 4;
  private static final int REPORTS = 5;

  private final CombinerTable table;

  /**
   * Creates an empty table.
   *
   * @param maxEntries maximum entries; positive
   */
  TrendCombiner(int maxEntries) {
    this.table = new CombinerTable(maxEntries, WIDTH);
  }

  @Override
  public void add(Contribution added) {
    long slotAndOrigin = ((long) added.slot << Integer.SIZE) | added.origin;
    int at = find(added.videoId, added.creatorId, slotAndOrigin);
    if (!table.isUsed(at)) {
      table.insert(at, added.videoId);
      table.set(at + CREATOR, added.creatorId);
      table.set(at + SLOT_AND_ORIGIN, slotAndOrigin);
    }
    // Halves that are never negative may be added side by side; engagement is the high half, which
    // nothing is carried out of.
    table.add(at + WEIGHT_AND_VIEWS, ((long) added.weight << Integer.SIZE) + added.views);
    table.add(
        at + VIEWERS_AND_ENGAGEMENT, ((long) added.engagement << Integer.SIZE) + added.viewers);
    table.add(at + REPORTS, added.reports);
  }

  /** Returns the index of an entry, or of the free place for it. */
  private int find(long videoId, long creatorId, long slotAndOrigin) {
    int at = table.first(videoId ^ Hash64.spread(slotAndOrigin));
    while (table.isUsed(at)
        && (table.get(at) != videoId
            || table.get(at + SLOT_AND_ORIGIN) != slotAndOrigin
            || table.get(at + CREATOR) != creatorId)) {
      at = table.next(at);
    }
    return at;
  }

  @Override
  public boolean isFull() {
    return table.isFull();
  }

  @Override
  public void forEach(Consumer<TrendCount> into) {
    table.forEach(at -> into.accept(count(at)));
  }

  private TrendCount count(int at) {
    long slotAndOrigin = table.get(at + SLOT_AND_ORIGIN);
    long weightAndViews = table.get(at + WEIGHT_AND_VIEWS);
    long viewersAndEngagement = table.get(at + VIEWERS_AND_ENGAGEMENT);
    return new TrendCount(
        table.get(at + CREATOR),
        table.get(at),
        (int) (slotAndOrigin >> Integer.SIZE),
        (int) slotAndOrigin,
        (int) (weightAndViews >> Integer.SIZE),
        (int) weightAndViews,
        (int) viewersAndEngagement,
        (int) (viewersAndEngagement >> Integer.SIZE),
        (int) table.get(at + REPORTS));
  }

  @Override
  public void clear() {
    table.clear();
  }
}
