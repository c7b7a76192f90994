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
 * Counts that wait for the end of their minute, in memory.
 *
 * <p>They are part of a checkpoint as they are, by key group, so that they go where their videos
 * go: a video is not read and written for each checkpoint that comes within a minute.
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

  /** The first minute of which there are some; the greatest there is if there are none. */
  int firstMinute() {
    return minutes.isEmpty() ? Integer.MAX_VALUE : minutes.firstKey();
  }

  /** Takes those of a minute, in no order. */
  List<ViewCount> take(int minute) {
    List<ViewCount> counts = minutes.remove(minute);
    if (counts == null) {
      return NOTHING;
    }
    size -= counts.size();
    return counts;
  }

  /**
   * Writes them, and keeps them.
   *
   * @param keyGroupOf tells the key group of a video
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

  /** Gives out what was written. */
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
