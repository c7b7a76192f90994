package dev.upswell.viral;

import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewerCounts;
import dev.upswell.popularity.ViewerSet;
import dev.upswell.views.combine.Combiner;
import dev.upswell.views.decode.ViewFields;
import dev.upswell.views.source.ViewRecord;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Combines views per video and minute, in a table with open addressing, so that a view costs one
 * memory access and no object. The fields of an entry are adjacent, because uncached memory
 * dominates the cost of a view: 64 bytes, including the first eight viewers. Only entries with more
 * viewers have an object.
 */
final class ViewCombiner implements Combiner<ViewRecord, ViewCount> {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Numbers per entry: video, minute and views, watch time, creator, the first viewers. */
  private static final int WIDTH = 8;

  private static final int MINUTE_AND_VIEWS = 1;
  private static final int WATCH_MS = 2;
  private static final int CREATOR = 3;
  private static final int VIEWERS = 4;

  /** Hashes of viewers within the entry, two per number. */
  private static final int FIRST_VIEWERS = 2 * (WIDTH - VIEWERS);

  private static final long LOW = 0xFFFF_FFFFL;

  private final int most;
  private final int shift;
  private final int mask;

  /**
   * The minute, and below it whether the hour was closed, are the high half of their number, views
   * the low one; without views the place is empty.
   */
  private final long[] places;

  /** Viewers of entries with more views than the entry has room for. */
  private final @Nullable ViewerSet[] viewers;

  private final int[] firstViewers = new int[FIRST_VIEWERS];
  private int size;

  /**
   * Creates an empty table.
   *
   * @param most maximum entries; positive
   */
  ViewCombiner(int most) {
    // At most half of the table is used, which keeps probing short.
    int length = Integer.highestOneBit(Math.max(2, most) * 2 - 1) * 2;
    this.most = most;
    this.mask = length - 1;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(length);
    this.places = new long[length * WIDTH];
    this.viewers = new ViewerSet[length];
  }

  @Override
  public void add(ViewRecord record) {
    ViewFields view = record.view();
    long minute = ((long) Minutes.of(view.viewedAt()) << 1) | (record.late() ? 1 : 0);
    int place = place(view.videoId(), minute);
    int at = place * WIDTH;
    int views = (int) places[at + MINUTE_AND_VIEWS];
    if (views == 0) {
      places[at] = view.videoId();
      places[at + MINUTE_AND_VIEWS] = minute << Integer.SIZE;
      places[at + WATCH_MS] = 0;
      places[at + CREATOR] = view.creatorId();
      size++;
    }
    addViewer(place, views, ViewerCounts.hash(view.viewerId()));
    places[at + MINUTE_AND_VIEWS]++;
    places[at + WATCH_MS] += view.watchMs();
  }

  private void addViewer(int place, int views, int hash) {
    if (views < FIRST_VIEWERS) {
      int at = place * WIDTH + VIEWERS + views / 2;
      places[at] = views % 2 == 0 ? hash & LOW : (places[at] & LOW) | ((long) hash << Integer.SIZE);
      return;
    }
    ViewerSet set = viewers[place];
    if (set == null) {
      set = new ViewerSet();
      copyFirstViewers(place, FIRST_VIEWERS);
      for (int first : firstViewers) {
        set.add(first);
      }
      viewers[place] = set;
    }
    set.add(hash);
  }

  private void copyFirstViewers(int place, int count) {
    for (int i = 0; i < count; i++) {
      long two = places[place * WIDTH + VIEWERS + i / 2];
      firstViewers[i] = (int) (i % 2 == 0 ? two : two >>> Integer.SIZE);
    }
  }

  /** Returns the index of an entry, or of the free place for it. */
  private int place(long videoId, long minute) {
    int place = (int) (((videoId ^ (minute << 40)) * SPREAD) >>> shift);
    while (true) {
      long there = places[place * WIDTH + MINUTE_AND_VIEWS];
      if (there == 0 || (there >>> Integer.SIZE == minute && places[place * WIDTH] == videoId)) {
        return place;
      }
      place = (place + 1) & mask;
    }
  }

  @Override
  public boolean isFull() {
    return size >= most;
  }

  @Override
  public void forEach(Consumer<ViewCount> into) {
    if (size == 0) {
      return;
    }
    for (int place = 0; place <= mask; place++) {
      if (places[place * WIDTH + MINUTE_AND_VIEWS] != 0) {
        into.accept(count(place));
      }
    }
  }

  private ViewCount count(int place) {
    int at = place * WIDTH;
    long minute = places[at + MINUTE_AND_VIEWS] >>> Integer.SIZE;
    int views = (int) places[at + MINUTE_AND_VIEWS];
    return new ViewCount(
        places[at],
        places[at + CREATOR],
        (int) (minute >> 1),
        views,
        places[at + WATCH_MS],
        packedViewers(place, views),
        (minute & 1) == 1);
  }

  private byte[] packedViewers(int place, int views) {
    ViewerSet set = viewers[place];
    if (set != null) {
      return set.pack();
    }
    copyFirstViewers(place, views);
    return ViewerCounts.pack(firstViewers, views);
  }

  @Override
  public void clear() {
    if (size > 0) {
      Arrays.fill(places, 0);
      Arrays.fill(viewers, null);
      size = 0;
    }
  }
}
