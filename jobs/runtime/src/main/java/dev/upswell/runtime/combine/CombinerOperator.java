package dev.upswell.runtime.combine;

import java.io.Serializable;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Adds up elements before they are sent to other subtasks, so that what is asked for most costs one
 * record a minute and not one a view: a hot key makes no hot subtask.
 *
 * <p>It passes time on in steps, for those behind it look at whole steps only, and between them
 * nothing has to go out. It is drained before each step, when it is full, and before each
 * checkpoint barrier, so it has no state and costs nothing in exactness.
 *
 * @param <I> what is added
 * @param <O> what it adds up to
 */
public final class CombinerOperator<I, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O> {
  private static final long serialVersionUID = 1L;

  private final Supply<I, O> combiners;
  private final long stepMillis;

  private transient Combiner<I, O> combiner;
  private transient StreamRecord<O> reused;
  private transient Counter sums;
  private transient long passedOn;

  /**
   * Makes the operator.
   *
   * @param step in which time is passed on
   * @param combiners makes an empty combiner in each subtask
   */
  public CombinerOperator(Duration step, Supply<I, O> combiners) {
    this.stepMillis = step.toMillis();
    this.combiners = combiners;
  }

  /** Makes an empty combiner in each subtask. */
  @FunctionalInterface
  public interface Supply<I, O> extends Supplier<Combiner<I, O>>, Serializable {}

  @Override
  public void open() throws Exception {
    super.open();
    combiner = combiners.get();
    reused = new StreamRecord<>(null);
    sums = getMetricGroup().counter("sums");
    passedOn = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<I> element) {
    combiner.add(element.getValue());
    if (combiner.isFull()) {
      drain();
    }
  }

  private void drain() {
    combiner.drain(
        sum -> {
          sums.inc();
          output.collect(reused.replace(sum));
        });
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

  /** Nothing may wait here for a time that does not come. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle()) {
      drain();
    }
    super.processWatermarkStatus(status);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    drain();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    drain();
    super.finish();
  }
}
