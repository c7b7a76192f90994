package dev.upswell.viral;

import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewCountFormat;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongToIntFunction;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/**
 * Counts in memory until the end of their minute.
 *
 * <p>They are stored in each checkpoint by key group, so that they move with their videos. No video
 * is read or written for a checkpoint within a minute.
 */
final class BufferedCounts {
  private static final List<ViewCount> NOTHING = List.of();

  private final TreeMap<Integer, List<ViewCount>> minutes = new TreeMap<>();
  private int size;

  void add(int minute, ViewCount count) {
    minutes.computeIfAbsent(minute, unknown -> new ArrayList<>()).add(count);
    size++;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return minutes.isEmpty();
  }

  /** Returns the first minute with counts, or {@link Integer#MAX_VALUE}. */
  int firstMinute() {
    return minutes.isEmpty() ? Integer.MAX_VALUE : minutes.firstKey();
  }

  /** Removes and returns the counts of a minute, in no order. */
  List<ViewCount> take(int minute) {
    List<ViewCount> counts = minutes.remove(minute);
    if (counts == null) {
      return NOTHING;
    }
    size -= counts.size();
    return counts;
  }

  /**
   * Writes all counts, and keeps them.
   *
   * @param keyGroupOf key group of a video
   */
  void writeTo(KeyedStateCheckpointOutputStream out, LongToIntFunction keyGroupOf)
      throws IOException {
    Map<Integer, List<ViewCount>> keyGroups = new TreeMap<>();
    for (List<ViewCount> counts : minutes.values()) {
      for (ViewCount count : counts) {
        keyGroups
            .computeIfAbsent(keyGroupOf.applyAsInt(count.videoId()), unknown -> new ArrayList<>())
            .add(count);
      }
    }
    for (var keyGroup : keyGroups.entrySet()) {
      out.startNewKeyGroup(keyGroup.getKey());
      byte[] packed = ViewCountFormat.pack(keyGroup.getValue());
      DataOutputStream data = new DataOutputStream(out);
      data.writeInt(packed.length);
      data.write(packed);
      data.flush();
    }
  }

  /** Reads the written counts. */
  static void read(
      Iterable<KeyGroupStatePartitionStreamProvider> keyGroups, Consumer<ViewCount> into)
      throws IOException {
    for (KeyGroupStatePartitionStreamProvider keyGroup : keyGroups) {
      DataInputStream data = new DataInputStream(keyGroup.getStream());
      byte[] packed = new byte[data.readInt()];
      data.readFully(packed);
      ViewCountFormat.unpack(packed, into);
    }
  }
}
