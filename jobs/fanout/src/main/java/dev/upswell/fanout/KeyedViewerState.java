package dev.upswell.fanout;

import dev.upswell.feeds.audience.Bond;
import dev.upswell.feeds.audience.Pull;
import dev.upswell.feeds.audience.ViewerState;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The current key's viewer, in Flink's state.
 *
 * <p>Sessions are by far the most frequent, and touch neither the followees nor the bonds: hence a
 * state each.
 */
final class KeyedViewerState implements ViewerState {
  /** Whoever has one is written to Redis. */
  static final ValueStateDescriptor<Long> EPOCH = new ValueStateDescriptor<>("epoch", Types.LONG);

  private static final long[] NOBODY = new long[0];

  private final KeyedValue<long[]> followees;
  private final KeyedValue<Long> lastSeen;
  private final KeyedValue<Boolean> active;
  private final KeyedValue<Long> epoch;
  private final KeyedValue<long[]> pull;
  private final MapState<Long, long[]> bonds;

  KeyedViewerState(RuntimeContext context) {
    followees =
        KeyedValue.of(
            context, "followees", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO, NOBODY);
    lastSeen = KeyedValue.of(context, "last-seen", Types.LONG, 0L);
    active = KeyedValue.of(context, "active", Types.BOOLEAN, false);
    epoch = new KeyedValue<>(context.getState(EPOCH), 0L);
    pull =
        KeyedValue.of(
            context, "pull", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO, NOBODY);
    bonds =
        context.getMapState(
            new MapStateDescriptor<>(
                "bonds", Types.LONG, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public long[] followees() {
    return followees.get();
  }

  @Override
  public void followees(long[] ids) {
    followees.set(ids, ids.length == 0);
  }

  @Override
  public long lastSeen() {
    return lastSeen.get();
  }

  @Override
  public void lastSeen(long at) {
    lastSeen.set(at);
  }

  @Override
  public boolean active() {
    return active.get();
  }

  @Override
  public void active(boolean isActive) {
    active.set(isActive);
  }

  @Override
  public long epoch() {
    return epoch.get();
  }

  @Override
  public void epoch(long newEpoch) {
    epoch.set(newEpoch);
  }

  @Override
  public Pull pull() {
    long[] packed = pull.get();
    return packed.length == 0 ? Pull.NONE : new Pull(packed[0], packed[1]);
  }

  @Override
  public void pull(Pull newPull) {
    pull.set(new long[] {newPull.since(), newPull.lowSince()}, newPull.equals(Pull.NONE));
  }

  // MapState declares Exception; what RocksDB throws is not something to go on after.
  @Override
  public Bond bond(long other) {
    try {
      long @Nullable [] packed = bonds.get(other);
      return packed == null
          ? Bond.NONE
          : new Bond(packed[0], packed[1] != 0, packed[2], packed[3], packed[4], packed[5]);
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  @Override
  public void bond(long other, Bond bond) {
    long[] packed = {
      bond.followAt(),
      bond.follow() ? 1 : 0,
      bond.blockAt(),
      bond.unblockAt(),
      bond.blockedAt(),
      bond.unblockedAt()
    };
    try {
      bonds.put(other, packed);
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }
}
