package dev.upswell.viral;

import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewerCounts;
import dev.upswell.popularity.ViewerSet;
import dev.upswell.views.combine.Combiner;
import dev.upswell.views.combine.CombinerTable;
import dev.upswell.views.decode.ViewFields;
import dev.upswell.views.source.ViewRecord;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Combines views per video and minute. An entry of the table has 64 bytes, including the first ten
 * viewers, because uncached memory dominates the cost of a view. Only entries with more viewers
 * have an object.
 */
final class ViewCombiner implements Combiner<ViewRecord, ViewCount> {
  /** Numbers per entry: video, minute and views, watch time, the first viewers. */
  private static final int WIDTH = 8;

  private static final int MINUTE_AND_VIEWS = 1;
  private static final int WATCH_MS = 2;
  private static final int VIEWERS = 3;

  /** Hashes of viewers within the entry, two per number. */
  private static final int FIRST_VIEWERS = 2 * (WIDTH - VIEWERS);

  private static final long LOW = 0xFFFF_FFFFL;

  /**
   * The minute, and below it whether the hour was closed, are the high half of their number, views
   * the low one.
   */
  private final CombinerTable table;

  /** Viewers of entries with more views than the entry has room for. */
  private final @Nullable ViewerSet[] viewers;

  private final int[] firstViewers = new int[FIRST_VIEWERS];

  /**
   * Creates an empty table.
   *
   * @param maxEntries maximum entries; positive
   */
  ViewCombiner(int maxEntries) {
    this.table = new CombinerTable(maxEntries, WIDTH);
    this.viewers = new ViewerSet[table.places()];
  }

  @Override
  public void add(ViewRecord record) {
    ViewFields view = record.view();
    long minute = ((long) Minutes.of(view.viewedAt()) << 1) | (record.late() ? 1 : 0);
    int at = find(view.videoId(), minute);
    if (!table.isUsed(at)) {
      table.insert(at, view.videoId());
      table.set(at + MINUTE_AND_VIEWS, minute << Integer.SIZE);
    }
    addViewer(at, (int) table.get(at + MINUTE_AND_VIEWS), ViewerCounts.hash(view.viewerId()));
    table.add(at + MINUTE_AND_VIEWS, 1);
    table.add(at + WATCH_MS, view.watchMs());
  }

  /** Returns the index of an entry, or of the free place for it. */
  private int find(long videoId, long minute) {
    int at = table.first(videoId ^ (minute << 40));
    while (table.isUsed(at)
        && (table.get(at) != videoId
            || table.get(at + MINUTE_AND_VIEWS) >>> Integer.SIZE != minute)) {
      at = table.next(at);
    }
    return at;
  }

  private void addViewer(int at, int views, int hash) {
    if (views < FIRST_VIEWERS) {
      // The other half of the number is still 0.
      table.add(at + VIEWERS + views / 2, (hash & LOW) << (views % 2 * Integer.SIZE));
      return;
    }
    ViewerSet set = viewers[at / WIDTH];
    if (set == null) {
      set = new ViewerSet();
      copyFirstViewers(at, FIRST_VIEWERS);
      for (int first : firstViewers) {
        set.add(first);
      }
      viewers[at / WIDTH] = set;
    }
    set.add(hash);
  }

  private void copyFirstViewers(int at, int count) {
    for (int i = 0; i < count; i++) {
      firstViewers[i] = (int) (table.get(at + VIEWERS + i / 2) >>> (i % 2 * Integer.SIZE));
    }
  }

  @Override
  public boolean isFull() {
    return table.isFull();
  }

  @Override
  public void forEach(Consumer<ViewCount> into) {
    table.forEach(at -> into.accept(count(at)));
  }

  private ViewCount count(int at) {
    long minute = table.get(at + MINUTE_AND_VIEWS) >>> Integer.SIZE;
    int views = (int) table.get(at + MINUTE_AND_VIEWS);
    return new ViewCount(
        table.get(at),
        (int) (minute >> 1),
        views,
        table.get(at + WATCH_MS),
        packedViewers(at, views),
        (minute & 1) == 1);
  }

  private byte[] packedViewers(int at, int views) {
    ViewerSet set = viewers[at / WIDTH];
    if (set != null) {
      return set.pack();
    }
    copyFirstViewers(at, views);
    return ViewerCounts.pack(firstViewers, views);
  }

  @Override
  public void clear() {
    table.clear();
    Arrays.fill(viewers, null);
  }
}
