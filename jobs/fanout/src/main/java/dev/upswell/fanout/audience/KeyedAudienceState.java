package dev.upswell.fanout.audience;

import dev.upswell.fanout.KeyedValue;
import dev.upswell.feeds.audience.AudienceState;
import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.audience.FanOutProgress;
import dev.upswell.feeds.audience.LatencyHistogram;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** The current key's audience and the fan-outs to it that are not over, in Flink's state. */
final class KeyedAudienceState implements AudienceState {
  private static final long[] NO_BLOCKS = new long[0];
  private static final byte[] NO_VIEWERS = new byte[0];

  /** Numbers of a packed fan-out before those of its lags. */
  private static final int HEAD = 11;

  private final KeyedValue<long[]> blocks;
  private final MapState<Long, byte[]> members;
  private final ListState<long[]> fanOuts;

  KeyedAudienceState(RuntimeContext context) {
    blocks =
        KeyedValue.of(
            context, "blocks", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO, NO_BLOCKS);
    members =
        context.getMapState(
            new MapStateDescriptor<>(
                "members", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    fanOuts =
        context.getListState(
            new ListStateDescriptor<>(
                "fan-outs", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public long[] blocks() {
    return blocks.get();
  }

  @Override
  public void blocks(long[] namesAndSizes) {
    blocks.set(namesAndSizes, namesAndSizes.length == 0);
  }

  // State access declares Exception; failures of RocksDB are fatal.
  @Override
  public byte[] block(long name) {
    try {
      byte @Nullable [] packed = members.get(name);
      return packed == null ? NO_VIEWERS : packed;
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  @Override
  public void block(long name, byte[] packed) {
    try {
      if (packed.length == 0) {
        members.remove(name);
      } else {
        members.put(name, packed);
      }
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  /** Returns the fan-outs, oldest first. Changes are saved by {@link #fanOuts(Deque)}. */
  Deque<FanOutProgress> fanOuts() {
    try {
      Deque<FanOutProgress> all = new ArrayDeque<>();
      for (long[] packed : fanOuts.get()) {
        all.add(unpack(packed));
      }
      return all;
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  void fanOuts(Deque<FanOutProgress> all) {
    try {
      if (all.isEmpty()) {
        fanOuts.clear();
      } else {
        List<long[]> packed = new ArrayList<>(all.size());
        all.forEach(progress -> packed.add(pack(progress)));
        fanOuts.update(packed);
      }
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
  }

  private static long[] pack(FanOutProgress progress) {
    FanOut fanOut = progress.fanOut();
    long[] lags = progress.lags().toLongs();
    long[] packed = new long[HEAD + lags.length];
    packed[0] = fanOut.kind() == FanOut.Kind.PUSH ? 0 : 1;
    packed[1] = fanOut.creatorId();
    packed[2] = fanOut.id();
    packed[3] = fanOut.at();
    packed[4] = fanOut.readAt();
    packed[5] = fanOut.part();
    packed[6] = fanOut.parts();
    packed[7] = progress.planned();
    packed[8] = progress.after();
    packed[9] = progress.pushed();
    packed[10] = progress.cold();
    System.arraycopy(lags, 0, packed, HEAD, lags.length);
    return packed;
  }

  private static FanOutProgress unpack(long[] packed) {
    FanOut fanOut =
        new FanOut(
            packed[0] == 0 ? FanOut.Kind.PUSH : FanOut.Kind.DROP,
            packed[1],
            packed[2],
            packed[3],
            packed[4],
            (int) packed[5],
            (int) packed[6]);
    LatencyHistogram lags =
        LatencyHistogram.fromLongs(Arrays.copyOfRange(packed, HEAD, packed.length));
    return new FanOutProgress(fanOut, packed[7], packed[8], packed[9], packed[10], lags);
  }
}
