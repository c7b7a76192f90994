package dev.upswell.trending;

import dev.upswell.popularity.trending.BoardVideo;
import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.trending.ScoreOperator.WaitingCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
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

  private static final ListStateDescriptor<Integer> CLOSED_SLOT =
      new ListStateDescriptor<>("closed-slot", Types.INT);

  /** Hidden videos that were not emitted yet. */
  private static final ListStateDescriptor<Long> HIDDEN =
      new ListStateDescriptor<>("hidden", Types.LONG);

  /** Buckets of {@link AheadCounts}. */
  private static final ListStateDescriptor<Integer> BUCKETS =
      new ListStateDescriptor<>("buckets", Types.INT);

  private final MapState<Long, byte[]> videos;
  private final ValueState<long[]> waiting;
  private final ListState<Integer> closedSlot;
  private final ListState<Long> hidden;
  private final ListState<Integer> buckets;

  /** Creators with buffered counts in the state. */
  private final Set<Long> stored = new HashSet<>();

  /** Opens the state. */
  ScoreState(StateInitializationContext context) throws Exception {
    videos = context.getKeyedStateStore().getMapState(VIDEOS);
    waiting = context.getKeyedStateStore().getState(WAITING);
    closedSlot = context.getOperatorStateStore().getUnionListState(CLOSED_SLOT);
    hidden = context.getOperatorStateStore().getListState(HIDDEN);
    buckets = context.getOperatorStateStore().getUnionListState(BUCKETS);
  }

  // ---- The current creator's

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
  void storeWaiting(LongConsumer currentKey, Map<Integer, List<WaitingCount>> counts)
      throws Exception {
    Map<Long, BufferedTrendCounts> byCreator = new HashMap<>();
    for (Map.Entry<Integer, List<WaitingCount>> slot : counts.entrySet()) {
      for (WaitingCount each : slot.getValue()) {
        byCreator
            .computeIfAbsent(each.creatorId(), unknown -> new BufferedTrendCounts())
            .add(each.count());
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

  void store(int slot, List<Long> hiddenVideos, List<Integer> aheadBuckets) throws Exception {
    closedSlot.update(List.of(slot));
    hidden.update(hiddenVideos);
    buckets.update(aheadBuckets);
  }

  /** Returns the buckets of all subtasks. */
  Iterable<Integer> buckets() throws Exception {
    return buckets.get();
  }

  /** Returns the last slot that was closed in all subtasks. */
  int closedSlot() throws Exception {
    return ClosedSlots.restore(closedSlot);
  }

  /** Returns the hidden videos that were not emitted yet. */
  List<Long> hidden() throws Exception {
    List<Long> all = new ArrayList<>();
    hidden.get().forEach(all::add);
    return all;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Packed(long creatorId, long videoId, byte[] bytes) {}

  /** Receives a count that waits for the end of its slot. */
  @FunctionalInterface
  interface Waiting {
    void accept(long creatorId, BoardVideo video, TrendCount count);
  }

  <K> void restore(KeyedStateBackend<K> backend, TrendBoard board, int slot, Waiting to)
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
    for (Packed video : all) {
      board.restore(video.creatorId(), video.videoId(), video.bytes(), slot);
    }
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        WAITING,
        (key, packed) -> {
          long creatorId = (Long) key;
          stored.add(creatorId);
          BufferedTrendCounts.unpack(
              packed.value(),
              count ->
                  board
                      .find(creatorId, count.videoId())
                      .ifPresent(video -> to.accept(creatorId, video, count)));
        });
  }
}
