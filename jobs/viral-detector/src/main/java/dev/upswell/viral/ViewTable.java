package dev.upswell.viral;

import dev.upswell.contract.ViewFields;
import dev.upswell.runtime.combine.Combiner;
import dev.upswell.runtime.views.ViewRecord;
import dev.upswell.views.Minutes;
import dev.upswell.views.ViewCount;
import dev.upswell.views.Viewers;
import java.util.function.Consumer;
import org.apache.datasketches.hll.HllSketch;
import org.jspecify.annotations.Nullable;

/**
 * Adds views up by video and minute: a table with open addressing, so that a view costs a look at
 * one place and no object. What belongs to a place stands together, because memory that is in no
 * cache is most of what a view costs. There is an object only for the viewers of what is seen twice
 * since the table was drained.
 */
final class ViewTable implements Combiner<ViewRecord, ViewCount> {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Numbers of a place: video, minute and views, watch time, creator, the first viewer. */
  private static final int WIDTH = 5;

  private static final int MINUTE_AND_VIEWS = 1;
  private static final int WATCH_MS = 2;
  private static final int CREATOR = 3;
  private static final int VIEWER = 4;
  private static final long VIEWS_MASK = 0xFFFF_FFFFL;

  private final int most;
  private final int shift;
  private final int mask;

  /**
   * The minute, and below it whether the hour was closed, are the high half of their number, views
   * the low one; without views the place is empty.
   */
  private final long[] places;

  private final @Nullable HllSketch[] viewers;
  private int size;

  /**
   * An empty table.
   *
   * @param most videos and minutes that it takes; positive
   */
  ViewTable(int most) {
    // Half of it stays empty, or looking for a place would take longer than the rest.
    int length = Integer.highestOneBit(Math.max(2, most) * 2 - 1) * 2;
    this.most = most;
    this.mask = length - 1;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(length);
    this.places = new long[length * WIDTH];
    this.viewers = new HllSketch[length];
  }

  @Override
  public void add(ViewRecord record) {
    ViewFields view = record.view();
    long minute = ((long) Minutes.of(view.viewedAt()) << 1) | (record.afterClosing() ? 1 : 0);
    int place = place(view.videoId(), minute);
    int at = place * WIDTH;
    if (places[at + MINUTE_AND_VIEWS] == 0) {
      places[at] = view.videoId();
      places[at + MINUTE_AND_VIEWS] = minute << Integer.SIZE;
      places[at + WATCH_MS] = 0;
      places[at + CREATOR] = view.creatorId();
      places[at + VIEWER] = view.viewerId();
      size++;
    } else {
      sketch(place).update(view.viewerId());
    }
    places[at + MINUTE_AND_VIEWS]++;
    places[at + WATCH_MS] += view.watchMs();
  }

  /** The viewers of a place, the first among them. */
  private HllSketch sketch(int place) {
    HllSketch sketch = viewers[place];
    if (sketch == null) {
      sketch = Viewers.sketch();
      sketch.update(places[place * WIDTH + VIEWER]);
      viewers[place] = sketch;
    }
    return sketch;
  }

  /** Where it is, or would be. */
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
  public void drain(Consumer<ViewCount> into) {
    if (size == 0) {
      return;
    }
    for (int place = 0; place <= mask; place++) {
      int at = place * WIDTH;
      long minuteAndViews = places[at + MINUTE_AND_VIEWS];
      if (minuteAndViews != 0) {
        long minute = minuteAndViews >>> Integer.SIZE;
        into.accept(
            new ViewCount(
                places[at],
                places[at + CREATOR],
                (int) (minute >> 1),
                (int) (minuteAndViews & VIEWS_MASK),
                places[at + WATCH_MS],
                Viewers.pack(sketch(place)),
                (minute & 1) == 1));
        places[at + MINUTE_AND_VIEWS] = 0;
        viewers[place] = null;
      }
    }
    size = 0;
  }
}
