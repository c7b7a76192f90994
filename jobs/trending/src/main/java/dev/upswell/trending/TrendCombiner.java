package dev.upswell.trending;

import dev.upswell.contract.Hash64;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.views.combine.Combiner;
import dev.upswell.views.combine.CombinerTable;
import java.util.function.Consumer;

/**
 * Combines contributions per video, slot, age and origin. The creator that an event names is no
 * part of it: clients must not multiply records by naming different ones.
 */
final class TrendCombiner implements Combiner<Contribution, TrendCount> {
  /** Numbers per entry: the video, then those of {@link PackedTrendCount}. */
  private static final int WIDTH = 5;

  private static final int KEY = 1;
  private static final int WEIGHT_AND_VIEWS = 2;
  private static final int ENGAGEMENT_AND_VIEWERS = 3;
  private static final int REPORTS = 4;

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
    long key = PackedTrendCount.key(added.slot, added.age, added.origin);
    int at = find(added.videoId, key);
    if (!table.isUsed(at)) {
      table.insert(at, added.videoId);
      table.set(at + KEY, key);
    }
    table.add(at + WEIGHT_AND_VIEWS, PackedTrendCount.pair(added.weight, added.views));
    table.add(at + ENGAGEMENT_AND_VIEWERS, PackedTrendCount.pair(added.engagement, added.viewers));
    table.add(at + REPORTS, added.reports);
  }

  /** Returns the index of an entry, or of the free place for it. */
  private int find(long videoId, long key) {
    int at = table.first(videoId ^ Hash64.spread(key));
    while (table.isUsed(at) && (table.get(at) != videoId || table.get(at + KEY) != key)) {
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
    table.forEach(
        at ->
            into.accept(
                PackedTrendCount.of(
                    table.get(at),
                    table.get(at + KEY),
                    table.get(at + WEIGHT_AND_VIEWS),
                    table.get(at + ENGAGEMENT_AND_VIEWERS),
                    table.get(at + REPORTS))));
  }

  @Override
  public void clear() {
    table.clear();
  }
}
