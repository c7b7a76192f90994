package dev.upswell.fanout;

import dev.upswell.feeds.audience.WarmUp;
import dev.upswell.feeds.audience.WarmUpState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** Counts the audiences that know a viewer's edges; keeps nothing of a viewer once all do. */
final class WarmUpOperator extends KeyedProcessFunction<Long, WarmUpInput, WarmEpoch> {
  private static final long serialVersionUID = 1L;

  private transient State state;

  @Override
  public void open(OpenContext context) {
    state =
        new State(
            getRuntimeContext().getState(new ValueStateDescriptor<>("announced", Types.LONG)),
            getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("outstanding", Types.LONG, Types.INT)));
  }

  @Override
  public void processElement(WarmUpInput input, Context context, Collector<WarmEpoch> out) {
    OptionalLong warm;
    if (input instanceof WarmUpInput.Announced announced) {
      warm = WarmUp.announce(state, announced.epoch(), announced.edges());
    } else {
      warm = WarmUp.known(state, input.epoch());
    }
    warm.ifPresent(epoch -> out.collect(new WarmEpoch(input.userId(), epoch)));
  }

  /** The current key's. */
  private record State(ValueState<Long> newest, MapState<Long, Integer> edges)
      implements WarmUpState {
    @Override
    public long announced() {
      try {
        @Nullable Long epoch = newest.value();
        return epoch == null ? 0 : epoch;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void announced(long epoch) {
      try {
        if (epoch == 0) {
          newest.clear();
        } else {
          newest.update(epoch);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    // MapState declares Exception; what RocksDB throws is not something to go on after.
    @Override
    public int outstanding(long epoch) {
      try {
        @Nullable Integer count = edges.get(epoch);
        return count == null ? 0 : count;
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public void outstanding(long epoch, int count) {
      try {
        if (count == 0) {
          edges.remove(epoch);
        } else {
          edges.put(epoch, count);
        }
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }

    @Override
    public boolean anyOutstanding() {
      try {
        return !edges.isEmpty();
      } catch (Exception e) {
        throw new FlinkRuntimeException(e);
      }
    }
  }
}
