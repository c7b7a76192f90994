package dev.upswell.fanout.viewer;

import dev.upswell.fanout.KeyedValue;
import dev.upswell.feeds.pull.PullState;
import dev.upswell.feeds.viewer.RelationshipState;
import dev.upswell.feeds.viewer.ViewerState;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * State of the current viewer, in Flink.
 *
 * <p>Every read is a lookup in RocksDB, and decisions read most fields several times. So small
 * fields are one value, read once at the start of an event and written once at its end. Sessions
 * are by far the most frequent events and need neither followees nor relationships, which are
 * therefore separate states.
 */
final class KeyedViewerState implements ViewerState {
  /** Viewers, which a rebuild writes to Redis. */
  static final ValueStateDescriptor<long[]> VIEWER =
      new ValueStateDescriptor<>("viewer", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long[] NO_VIEWERS = new long[0];

  private final KeyedValue<long[]> viewer;
  private final KeyedValue<long[]> followees;
  private final MapState<Long, long[]> relationships;
  private Small before = Small.NOTHING;
  private Small now = Small.NOTHING;
  private Optional<long[]> allAcknowledged = Optional.empty();

  KeyedViewerState(RuntimeContext context) {
    viewer = new KeyedValue<>(context.getState(VIEWER), NO_VIEWERS);
    followees =
        KeyedValue.of(
            context,
            "followees",
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
            NO_VIEWERS);
    relationships =
        context.getMapState(
            new MapStateDescriptor<>(
                "bonds", Types.LONG, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** Reads the current key's viewer. Before everything else of an event. */
  void begin() {
    before = Small.unpack(viewer.get());
    now = before;
    allAcknowledged = Optional.empty();
  }

  /** Writes the changes since {@link #begin}. */
  void end() {
    if (!now.equals(before)) {
      viewer.set(now.pack(), now.equals(Small.NOTHING));
    }
  }

  @Override
  public long[] followees() {
    if (allAcknowledged.isEmpty()) {
      allAcknowledged = Optional.of(followees.get());
    }
    return allAcknowledged.get();
  }

  @Override
  public void followees(long[] ids) {
    allAcknowledged = Optional.of(ids);
    followees.set(ids, ids.length == 0);
  }

  @Override
  public long lastSeen() {
    return now.lastSeen;
  }

  @Override
  public void lastSeen(long at) {
    now = new Small(at, now.active, now.epoch, now.pull);
  }

  @Override
  public boolean active() {
    return now.active;
  }

  @Override
  public void active(boolean isActive) {
    now = new Small(now.lastSeen, isActive, now.epoch, now.pull);
  }

  @Override
  public long epoch() {
    return now.epoch;
  }

  @Override
  public void epoch(long newEpoch) {
    now = new Small(now.lastSeen, now.active, newEpoch, now.pull);
  }

  @Override
  public PullState pull() {
    return now.pull;
  }

  @Override
  public void pull(PullState newPull) {
    now = new Small(now.lastSeen, now.active, now.epoch, newPull);
  }

  // MapState declares Exception; failures of RocksDB are fatal.
  @Override
  public RelationshipState relationship(long other) {
    try {
      long @Nullable [] packed = relationships.get(other);
      return packed == null ? RelationshipState.NONE : PackedRelationship.unpack(packed);
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  @Override
  public void relationship(long other, RelationshipState relationship) {
    try {
      relationships.put(other, PackedRelationship.pack(relationship));
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  /** Small fields of a viewer. */
  private record Small(long lastSeen, boolean active, long epoch, PullState pull) {
    static final Small NOTHING = new Small(0, false, 0, PullState.NONE);

    long[] pack() {
      return new long[] {lastSeen, active ? 1 : 0, epoch, pull.since(), pull.lowSince()};
    }

    static Small unpack(long[] packed) {
      return packed.length == 0
          ? NOTHING
          : new Small(packed[0], packed[1] != 0, packed[2], new PullState(packed[3], packed[4]));
    }
  }
}
