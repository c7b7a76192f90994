package dev.upswell.fanout;

import dev.upswell.feeds.audience.Bond;
import dev.upswell.feeds.audience.ViewerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The current key's viewer, in Flink's state. What has its initial value takes no room.
 *
 * <p>Sessions are by far the most frequent, and touch neither the followees nor the bonds: hence a
 * state each.
 */
final class KeyedViewerState implements ViewerState {
  private static final long[] NOBODY = new long[0];

  private final ValueState<long[]> followees;
  private final ValueState<Long> lastSeen;
  private final ValueState<Boolean> active;
  private final ValueState<Long> epoch;
  private final MapState<Long, long[]> bonds;

  KeyedViewerState(RuntimeContext context) {
    followees = value(context, "followees", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
    lastSeen = value(context, "last-seen", Types.LONG);
    active = value(context, "active", Types.BOOLEAN);
    epoch = value(context, "epoch", Types.LONG);
    bonds =
        context.getMapState(
            new MapStateDescriptor<>(
                "bonds", Types.LONG, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  private static <T> ValueState<T> value(
      RuntimeContext context, String name, TypeInformation<T> type) {
    return context.getState(new ValueStateDescriptor<>(name, type));
  }

  private static <T> T get(ValueState<T> state, T initial) {
    try {
      @Nullable T value = state.value();
      return value == null ? initial : value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> void set(ValueState<T> state, T value, boolean initial) {
    try {
      if (initial) {
        state.clear();
      } else {
        state.update(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long[] followees() {
    return get(followees, NOBODY);
  }

  @Override
  public void followees(long[] ids) {
    set(followees, ids, ids.length == 0);
  }

  @Override
  public long lastSeen() {
    return get(lastSeen, 0L);
  }

  @Override
  public void lastSeen(long at) {
    set(lastSeen, at, at == 0);
  }

  @Override
  public boolean active() {
    return get(active, false);
  }

  @Override
  public void active(boolean isActive) {
    set(active, isActive, !isActive);
  }

  @Override
  public long epoch() {
    return get(epoch, 0L);
  }

  @Override
  public void epoch(long newEpoch) {
    set(epoch, newEpoch, newEpoch == 0);
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
