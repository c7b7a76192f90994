package dev.upswell.viral;

import dev.upswell.popularity.VideoViews;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewCountFormat;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * Counts of the current video that wait in Flink's state for the end of their minute, because the
 * memory for waiting counts is full. They are kept apart from the views of the video: what a minute
 * decides must not depend on what was read ahead of it.
 */
final class SpilledCounts {
  private final ListState<byte[]> counts;

  SpilledCounts(KeyedStateStore states) {
    counts =
        states.getListState(
            new ListStateDescriptor<>(
                "spilled", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** Adds counts of a minute. */
  void add(VideoViews video, int minute, List<ViewCount> ofMinute) throws Exception {
    counts.add(ViewCountFormat.pack(ofMinute));
    video.spilledFrom(Math.min(video.spilledFrom(), minute));
  }

  /**
   * Moves the counts of minutes up to a closed one into the views of the video.
   *
   * @return whether there were any
   */
  boolean take(VideoViews video, int minute) throws Exception {
    if (video.spilledFrom() > minute) {
      return false;
    }
    List<ViewCount> left = new ArrayList<>();
    for (byte[] packed : counts.get()) {
      ViewCountFormat.unpack(
          packed,
          count -> {
            if (count.minute() <= minute) {
              video.add(count);
            } else {
              left.add(count);
            }
          });
    }
    counts.clear();
    if (!left.isEmpty()) {
      counts.add(ViewCountFormat.pack(left));
    }
    video.spilledFrom(left.stream().mapToInt(ViewCount::minute).min().orElse(VideoViews.NEVER));
    return true;
  }
}
