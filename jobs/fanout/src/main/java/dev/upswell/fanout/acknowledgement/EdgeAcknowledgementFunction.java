package dev.upswell.fanout.acknowledgement;

import dev.upswell.fanout.KeyedValue;
import dev.upswell.feeds.viewer.EdgeAcknowledgement;
import dev.upswell.feeds.viewer.EdgeAcknowledgementState;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts the audiences that acknowledged a viewer's edges. Deletes the state of a viewer after the
 * last acknowledgement.
 */
public final class EdgeAcknowledgementFunction
    extends KeyedProcessFunction<Long, EdgeAcknowledgementInput, WarmEpoch> {
  private static final long serialVersionUID = 1L;

  private transient State state;

  @Override
  public void open(OpenContext context) {
    state = new State(getRuntimeContext());
  }

  @Override
  public void processElement(
      EdgeAcknowledgementInput input, Context context, Collector<WarmEpoch> out) {
    state.begin();
    OptionalLong warm;
    if (input instanceof EdgeAcknowledgementInput.Announced announced) {
      warm = EdgeAcknowledgement.announce(state, announced.epoch(), announced.edges());
    } else {
      warm = EdgeAcknowledgement.acknowledge(state, input.epoch());
    }
    state.end();
    warm.ifPresent(epoch -> out.collect(new WarmEpoch(input.userId(), epoch)));
  }

  /**
   * State of the current key, in one value, because it is read twice per edge. Few epochs of a
   * viewer are in flight at a time.
   */
  private static final class State implements EdgeAcknowledgementState {
    private static final long[] NOTHING = {0};

    private final KeyedValue<long[]> packed;

    /** Number of announced edges, then pairs of epoch and edges. Never changed in place. */
    private long[] now = NOTHING;

    State(RuntimeContext context) {
      packed =
          KeyedValue.of(
              context, "warm-up", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO, NOTHING);
    }

    void begin() {
      now = packed.get();
    }

    void end() {
      packed.set(now, Arrays.equals(now, NOTHING));
    }

    @Override
    public long announced() {
      return now[0];
    }

    @Override
    public void announced(long epoch) {
      now = now.clone();
      now[0] = epoch;
    }

    private int find(long epoch) {
      int at = 1;
      while (at < now.length && now[at] != epoch) {
        at += 2;
      }
      return at;
    }

    @Override
    public int outstanding(long epoch) {
      int at = find(epoch);
      return at < now.length ? (int) now[at + 1] : 0;
    }

    @Override
    public void outstanding(long epoch, int edges) {
      int at = find(epoch);
      boolean isThere = at < now.length;
      if (edges != 0) {
        now = Arrays.copyOf(now, isThere ? now.length : now.length + 2);
        now[at] = epoch;
        now[at + 1] = edges;
      } else if (isThere) {
        // The last pair replaces the removed one.
        long[] fewer = Arrays.copyOf(now, now.length - 2);
        if (at < fewer.length) {
          fewer[at] = now[now.length - 2];
          fewer[at + 1] = now[now.length - 1];
        }
        now = fewer;
      }
    }

    @Override
    public boolean anyOutstanding() {
      return now.length > 1;
    }
  }
}
