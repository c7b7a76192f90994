package dev.upswell.views.combine;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Combines elements before the shuffle. A hot key costs one record per step instead of one per
 * element, so it makes no hot subtask.
 *
 * <p>Watermarks are emitted in steps, because the operators behind use whole steps only. The table
 * is drained before each step and when it is full.
 *
 * <p>Its sums are part of each checkpoint. Emitting them before each barrier would need no state,
 * but would emit most of them once per checkpoint instead of once per step, at a higher cost for
 * the operators behind. Sums belong to no subtask: after a failure or rescaling, any subtask emits
 * them before its first watermark.
 *
 * @param <I> input
 * @param <O> combined output
 */
public final class CombinerOperator<I, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O> {
  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> SUMS =
      new ListStateDescriptor<>("sums", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** Sums that stay together in a rescale. */
  private static final int SUMS_OF_A_PIECE = 1_024;

  private final Supply<I, O> combiners;
  private final StateFormat<O> packing;
  private final long stepMillis;

  private transient Combiner<I, O> combiner;

  /** Sums of the restored state, until they are emitted. */
  private transient List<byte[]> restored;

  private transient ListState<byte[]> state;
  private transient StreamRecord<O> reused;
  private transient Counter combinedRecords;
  private transient long passedOn;

  /**
   * Creates the operator.
   *
   * @param step interval of emitted watermarks
   * @param combiners creates an empty combiner in each subtask
   * @param packing format of the state
   */
  public CombinerOperator(Duration step, Supply<I, O> combiners, StateFormat<O> packing) {
    this.stepMillis = step.toMillis();
    this.combiners = combiners;
    this.packing = packing;
  }

  /** Makes an empty combiner in each subtask. */
  @FunctionalInterface
  public interface Supply<I, O> extends Supplier<Combiner<I, O>>, Serializable {}

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    combiner = combiners.get();
    reused = new StreamRecord<>(null);
    combinedRecords = getMetricGroup().counter("combinedRecords");
    passedOn = Long.MIN_VALUE;
    restored = new ArrayList<>();
    state = context.getOperatorStateStore().getListState(SUMS);
    state.get().forEach(restored::add);
  }

  @Override
  public void processElement(StreamRecord<I> element) {
    combiner.add(element.getValue());
    if (combiner.isFull()) {
      drain();
    }
  }

  private void drain() {
    restored.forEach(piece -> packing.unpack(piece, this::send));
    restored.clear();
    combiner.forEach(this::send);
    combiner.clear();
  }

  private void send(O sum) {
    combinedRecords.inc();
    output.collect(reused.replace(sum));
  }

  @Override
  public void processWatermark(Watermark watermark) {
    long time = watermark.getTimestamp();
    long step =
        time == Long.MAX_VALUE || time == Long.MIN_VALUE
            ? time
            : Math.floorDiv(time + 1, stepMillis) * stepMillis - 1;
    if (step > passedOn) {
      drain();
      passedOn = step;
      output.emitWatermark(new Watermark(step));
    }
  }

  /** Sums are emitted before the stream turns idle, because no watermark would follow. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      drain();
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Pieces<O> pieces = new Pieces<>(packing, restored);
    combiner.forEach(pieces);
    state.update(pieces.all());
  }

  /** Packs sums in pieces of limited size. */
  private static final class Pieces<O> implements Consumer<O> {
    private final StateFormat<O> packing;
    private final List<byte[]> packed;
    private final List<O> next = new ArrayList<>(SUMS_OF_A_PIECE);

    Pieces(StateFormat<O> packing, List<byte[]> first) {
      this.packing = packing;
      this.packed = new ArrayList<>(first);
    }

    @Override
    public void accept(O sum) {
      next.add(sum);
      if (next.size() == SUMS_OF_A_PIECE) {
        pack();
      }
    }

    private void pack() {
      packed.add(packing.pack(next));
      next.clear();
    }

    List<byte[]> all() {
      if (!next.isEmpty()) {
        pack();
      }
      return packed;
    }
  }

  @Override
  public void finish() throws Exception {
    drain();
    super.finish();
  }
}
