package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.views.combine.Combiner;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Combines contributions per video, slot and origin, in a table with open addressing. The fields of
 * an entry are adjacent, so an event costs one memory access and no object.
 */
final class TrendCombiner implements Combiner<Contribution, TrendCount> {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /**
   * Numbers per entry: video (0 for none), creator, slot and origin, weight and views, viewers and
   * engagement, reports.
   */
  private static final int WIDTH = 6;

  private static final int CREATOR = 1;
  private static final int SLOT_AND_ORIGIN = 2;
  private static final int WEIGHT_AND_VIEWS = 3;
  private static final int VIEWERS_AND_ENGAGEMENT = 4;
  private static final int REPORTS = 5;

  private final int most;
  private final int shift;
  private final int mask;
  private final long[] places;
  private int size;

  /**
   * Creates an empty table.
   *
   * @param most maximum entries; positive
   */
  TrendCombiner(int most) {
    // At most half of the table is used, which keeps probing short.
    int length = Integer.highestOneBit(Math.max(2, most) * 2 - 1) * 2;
    this.most = most;
    this.mask = length - 1;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(length);
    this.places = new long[length * WIDTH];
  }

  @Override
  public void add(Contribution added) {
    long slotAndOrigin = ((long) added.slot << Integer.SIZE) | added.origin;
    int at = place(added.videoId, added.creatorId, slotAndOrigin) * WIDTH;
    if (places[at] == 0) {
      places[at] = added.videoId;
      places[at + CREATOR] = added.creatorId;
      places[at + SLOT_AND_ORIGIN] = slotAndOrigin;
      size++;
    }
    // Halves that are never negative may be added side by side; engagement is the high half, which
    // nothing is carried out of.
    places[at + WEIGHT_AND_VIEWS] += ((long) added.weight << Integer.SIZE) + added.views;
    places[at + VIEWERS_AND_ENGAGEMENT] +=
        ((long) added.engagement << Integer.SIZE) + added.viewers;
    places[at + REPORTS] += added.reports;
  }

  /** Returns the index of an entry, or of the free place for it. */
  private int place(long videoId, long creatorId, long slotAndOrigin) {
    int place = (int) (((videoId ^ (slotAndOrigin * SPREAD)) * SPREAD) >>> shift);
    while (true) {
      int at = place * WIDTH;
      if (places[at] == 0
          || (places[at] == videoId
              && places[at + SLOT_AND_ORIGIN] == slotAndOrigin
              && places[at + CREATOR] == creatorId)) {
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
  public void forEach(Consumer<TrendCount> into) {
    if (size == 0) {
      return;
    }
    for (int at = 0; at < places.length; at += WIDTH) {
      if (places[at] != 0) {
        into.accept(
            new TrendCount(
                places[at + CREATOR],
                places[at],
                (int) (places[at + SLOT_AND_ORIGIN] >> Integer.SIZE),
                (int) places[at + SLOT_AND_ORIGIN],
                (int) (places[at + WEIGHT_AND_VIEWS] >> Integer.SIZE),
                (int) places[at + WEIGHT_AND_VIEWS],
                (int) places[at + VIEWERS_AND_ENGAGEMENT],
                (int) (places[at + VIEWERS_AND_ENGAGEMENT] >> Integer.SIZE),
                (int) places[at + REPORTS]));
      }
    }
  }

  @Override
  public void clear() {
    if (size > 0) {
      Arrays.fill(places, 0);
      size = 0;
    }
  }
}
