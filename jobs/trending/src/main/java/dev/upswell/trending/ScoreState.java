package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.VideoMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.ObjIntConsumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/** State of {@link ScoreOperator} in Flink: by creator, then by video. */
final class ScoreState {
  private static final MapStateDescriptor<Long, byte[]> VIDEOS =
      new MapStateDescriptor<>(
          "videos", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** Counts that wait for the end of their slot. */
  private static final ValueStateDescriptor<long[]> WAITING =
      new ValueStateDescriptor<>("waiting", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final ListStateDescriptor<Integer> OVER =
      new ListStateDescriptor<>("over", Types.INT);

  private final MapState<Long, byte[]> videos;
  private final MapState<Long, byte[]> metadata;
  private final ValueState<long[]> waiting;
  private final ListState<Integer> closedSlot;

  /** Creators with buffered counts in the state. */
  private final Set<Long> stored = new HashSet<>();

  /**
   * Opens the state.
   *
   * @param metadataTtl lifetime of metadata
   */
  ScoreState(StateInitializationContext context, Duration metadataTtl) throws Exception {
    MapStateDescriptor<Long, byte[]> emitted =
        new MapStateDescriptor<>(
            "facts", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    emitted.enableTimeToLive(StateTtlConfig.newBuilder(metadataTtl).build());
    videos = context.getKeyedStateStore().getMapState(VIDEOS);
    metadata = context.getKeyedStateStore().getMapState(emitted);
    waiting = context.getKeyedStateStore().getState(WAITING);
    closedSlot = context.getOperatorStateStore().getUnionListState(OVER);
  }

  // ---- The current creator's

  VideoMetadata metadataOf(long videoId) throws Exception {
    byte[] packed = metadata.get(videoId);
    return packed == null ? VideoMetadata.UNKNOWN : TimedMetadata.fromBytes(packed).metadata();
  }

  /** Stores metadata unless a newer record is stored. Returns whether it did. */
  boolean learn(long videoId, TimedMetadata emitted) throws Exception {
    byte[] packed = metadata.get(videoId);
    if (packed != null && TimedMetadata.fromBytes(packed).at() > emitted.at()) {
      return false;
    }
    metadata.put(videoId, emitted.toBytes());
    return true;
  }

  void keep(long videoId, Optional<byte[]> packed) throws Exception {
    if (packed.isPresent()) {
      videos.put(videoId, packed.get());
    } else {
      videos.remove(videoId);
    }
  }

  // ---- All creators'

  /**
   * Writes once for each creator, however many counts wait: a state written to is the dear part.
   */
  void storeWaiting(LongConsumer currentKey, Map<Integer, List<TrendCount>> counts)
      throws Exception {
    Map<Long, BufferedTrendCounts> byCreator = new HashMap<>();
    for (Map.Entry<Integer, List<TrendCount>> slot : counts.entrySet()) {
      for (TrendCount count : slot.getValue()) {
        byCreator
            .computeIfAbsent(count.creatorId(), unknown -> new BufferedTrendCounts())
            .add(count, slot.getKey());
      }
    }
    for (long creatorId : stored) {
      if (!byCreator.containsKey(creatorId)) {
        currentKey.accept(creatorId);
        waiting.clear();
      }
    }
    stored.clear();
    for (Map.Entry<Long, BufferedTrendCounts> creator : byCreator.entrySet()) {
      currentKey.accept(creator.getKey());
      waiting.update(creator.getValue().packed());
      stored.add(creator.getKey());
    }
  }

  void storeOver(int slot) throws Exception {
    closedSlot.update(List.of(slot));
  }

  /** The last slot that was over for all subtasks. */
  int closedSlot() throws Exception {
    int least = Integer.MAX_VALUE;
    for (int slot : closedSlot.get()) {
      least = Math.min(least, slot);
    }
    return least;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Packed(long creatorId, long videoId, byte[] bytes) {}

  <K> void restore(
      KeyedStateBackend<K> backend, TrendBoard board, int slot, ObjIntConsumer<TrendCount> to)
      throws Exception {
    List<Packed> all = new ArrayList<>();
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        VIDEOS,
        (key, map) -> {
          for (Map.Entry<Long, byte[]> video : map.entries()) {
            all.add(new Packed((Long) key, video.getKey(), video.getValue()));
          }
        });
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        WAITING,
        (key, packed) -> {
          stored.add((Long) key);
          BufferedTrendCounts.unpack((Long) key, packed.value(), to);
        });
    for (Packed video : all) {
      board.restore(video.creatorId(), video.videoId(), video.bytes(), slot);
    }
  }
}
