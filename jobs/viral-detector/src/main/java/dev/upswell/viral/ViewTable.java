package dev.upswell.viral;

import dev.upswell.contract.ViewFields;
import dev.upswell.runtime.combine.Combiner;
import dev.upswell.runtime.views.ViewRecord;
import dev.upswell.views.Minutes;
import dev.upswell.views.ViewCount;
import dev.upswell.views.Viewers;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.datasketches.hll.HllSketch;

/**
 * Adds views up by video and minute: a table with open addressing, so that a view costs a look at
 * one place and no object. There is one only for what is seen for the first time since the table
 * was drained.
 */
final class ViewTable implements Combiner<ViewRecord, ViewCount> {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int most;
  private final int shift;
  private final long[] videoIds;

  /** The minute, and in the lowest bit whether the hour was closed. */
  private final int[] minutes;

  private final long[] creatorIds;
  private final int[] views;
  private final long[] watchMs;
  private final HllSketch[] viewers;
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
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(length);
    this.videoIds = new long[length];
    this.minutes = new int[length];
    this.creatorIds = new long[length];
    this.views = new int[length];
    this.watchMs = new long[length];
    this.viewers = new HllSketch[length];
  }

  @Override
  public void add(ViewRecord record) {
    ViewFields view = record.view();
    int minute = (Minutes.of(view.viewedAt()) << 1) | (record.afterClosing() ? 1 : 0);
    int place = place(view.videoId(), minute);
    if (views[place] == 0) {
      videoIds[place] = view.videoId();
      minutes[place] = minute;
      creatorIds[place] = view.creatorId();
      viewers[place] = Viewers.sketch();
      size++;
    }
    views[place]++;
    watchMs[place] += view.watchMs();
    viewers[place].update(view.viewerId());
  }

  /** Where it is, or would be. */
  private int place(long videoId, int minute) {
    int mask = videoIds.length - 1;
    int place = (int) (((videoId ^ ((long) minute << 40)) * SPREAD) >>> shift);
    while (views[place] != 0 && (videoIds[place] != videoId || minutes[place] != minute)) {
      place = (place + 1) & mask;
    }
    return place;
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
    for (int place = 0; place < views.length; place++) {
      if (views[place] != 0) {
        into.accept(
            new ViewCount(
                videoIds[place],
                creatorIds[place],
                minutes[place] >> 1,
                views[place],
                watchMs[place],
                Viewers.pack(viewers[place]),
                (minutes[place] & 1) == 1));
      }
    }
    Arrays.fill(views, 0);
    Arrays.fill(watchMs, 0);
    Arrays.fill(viewers, null);
    size = 0;
  }
}
