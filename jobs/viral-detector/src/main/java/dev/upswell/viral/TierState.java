package dev.upswell.viral;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.popularity.tiers.TierAssignment;
import dev.upswell.popularity.tiers.TierSignals;
import dev.upswell.popularity.tiers.TierThresholds;
import dev.upswell.viral.TierOperator.ActiveVideo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/** State of {@link TierOperator} in Flink. */
final class TierState {
  private static final ValueStateDescriptor<byte[]> WATCHED =
      new ValueStateDescriptor<>("watched", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** Hours that wait for their standards: minute, views, bits of the share, first minutes. */
  private static final ListStateDescriptor<long[]> WAITING =
      new ListStateDescriptor<>("waiting", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  /** By minute: the three numbers of thresholds, then the model. */
  private static final MapStateDescriptor<Integer, double[]> TIER_CRITERIA =
      new MapStateDescriptor<>(
          "standards", Types.INT, PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final ListStateDescriptor<Integer> DECIDED =
      new ListStateDescriptor<>("decided", Types.INT);

  private static final int WATCHED_BYTES = 5 * Integer.BYTES + Double.BYTES + 2;
  private static final int HOUR_HEAD = 3;
  private static final int STANDARDS_HEAD = 3;

  private final ValueState<byte[]> active;
  private final ListState<long[]> waiting;
  private final BroadcastState<Integer, double[]> criteria;
  private final ListState<Integer> decided;

  /** Videos of which hours wait in the state. */
  private final Set<Long> stored = new HashSet<>();

  TierState(StateInitializationContext context) throws Exception {
    active = context.getKeyedStateStore().getState(WATCHED);
    waiting = context.getKeyedStateStore().getListState(WAITING);
    criteria = context.getOperatorStateStore().getBroadcastState(TIER_CRITERIA);
    decided = context.getOperatorStateStore().getUnionListState(DECIDED);
  }

  // ---- The current key's

  void update(ActiveVideo video) throws IOException {
    TierSignals signals = video.signals();
    TierAssignment assignment = video.assignment();
    active.update(
        ByteBuffer.allocate(WATCHED_BYTES)
            .putInt(signals.views())
            .putDouble(signals.distinctShare())
            .putInt(signals.forecast())
            .putInt(signals.forecastAtLeast())
            .put((byte) assignment.tier().getNumber())
            .put((byte) assignment.reason().getNumber())
            .putInt(assignment.since())
            .putInt(assignment.lowSince())
            .array());
  }

  void evict() {
    active.clear();
  }

  private static ActiveVideo unpack(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    return new ActiveVideo(
        new TierSignals(bytes.getInt(), bytes.getDouble(), bytes.getInt(), bytes.getInt()),
        new TierAssignment(
            Tier.forNumber(bytes.get()),
            Reason.forNumber(bytes.get()),
            bytes.getInt(),
            bytes.getInt()));
  }

  // ---- All keys

  /** Stores buffered hours, and removes those that are no longer buffered. */
  void storeWaiting(LongConsumer currentKey, Collection<List<RollingHourSnapshot>> hours)
      throws Exception {
    for (long videoId : stored) {
      currentKey.accept(videoId);
      waiting.clear();
    }
    stored.clear();
    for (List<RollingHourSnapshot> minute : hours) {
      for (RollingHourSnapshot hour : minute) {
        currentKey.accept(hour.videoId());
        waiting.add(pack(hour));
        stored.add(hour.videoId());
      }
    }
  }

  <K> void restoreVideos(
      KeyedStateBackend<K> backend,
      Map<Long, ActiveVideo> videos,
      Consumer<RollingHourSnapshot> hours)
      throws Exception {
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        WATCHED,
        (key, value) -> videos.put((Long) key, unpack(value.value())));
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        WAITING,
        (key, list) -> {
          stored.add((Long) key);
          for (long[] packed : list.get()) {
            hours.accept(unpack((Long) key, packed));
          }
        });
  }

  private static long[] pack(RollingHourSnapshot hour) {
    long[] packed = new long[HOUR_HEAD + hour.firstMinutes().length];
    packed[0] = hour.minute();
    packed[1] = hour.views();
    packed[2] = Double.doubleToLongBits(hour.distinctShare());
    for (int i = 0; i < hour.firstMinutes().length; i++) {
      packed[HOUR_HEAD + i] = hour.firstMinutes()[i];
    }
    return packed;
  }

  private static RollingHourSnapshot unpack(long videoId, long[] packed) {
    return new RollingHourSnapshot(
        videoId,
        (int) packed[0],
        (int) packed[1],
        Double.longBitsToDouble(packed[2]),
        Arrays.stream(packed, HOUR_HEAD, packed.length).mapToInt(Math::toIntExact).toArray(),
        false);
  }

  // ---- Thresholds

  void storeStandards(
      Collection<TierCriteria> past, Collection<TierCriteria> coming, int decidedMinute)
      throws Exception {
    criteria.clear();
    for (TierCriteria emitted : past) {
      criteria.put(emitted.thresholds().minute(), pack(emitted));
    }
    for (TierCriteria emitted : coming) {
      criteria.put(emitted.thresholds().minute(), pack(emitted));
    }
    decided.update(List.of(decidedMinute));
  }

  void restoreStandards(Map<Integer, TierCriteria> into) throws Exception {
    for (Map.Entry<Integer, double[]> entry : criteria.immutableEntries()) {
      into.put(entry.getKey(), unpack(entry.getKey(), entry.getValue()));
    }
  }

  /** The last minute that all subtasks had decided. */
  int decided() throws Exception {
    int least = Integer.MAX_VALUE;
    for (int minute : decided.get()) {
      least = Math.min(least, minute);
    }
    return least;
  }

  private static double[] pack(TierCriteria emitted) {
    double[] packed = new double[STANDARDS_HEAD + emitted.model().length];
    packed[0] = emitted.thresholds().edgeFrom();
    packed[1] = emitted.thresholds().regionalFrom();
    packed[2] = emitted.thresholds().active();
    System.arraycopy(emitted.model(), 0, packed, STANDARDS_HEAD, emitted.model().length);
    return packed;
  }

  private static TierCriteria unpack(int minute, double[] packed) {
    return new TierCriteria(
        new TierThresholds(minute, (int) packed[0], (int) packed[1], (int) packed[2]),
        Arrays.copyOfRange(packed, STANDARDS_HEAD, packed.length));
  }
}
