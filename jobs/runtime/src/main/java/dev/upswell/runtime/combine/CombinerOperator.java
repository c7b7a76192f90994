package dev.upswell.runtime.combine;

import java.io.Serializable;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
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

  private final Supplier<Combiner<I, O>> combiners;
  private final long stepMillis;

  private transient Combiner<I, O> combiner;
  private transient StreamRecord<O> reused;
  private transient Counter sums;
  private transient long passedOn;

  private CombinerOperator(Factory<I, O> factory, StreamOperatorParameters<O> parameters) {
    super(parameters);
    this.combiners = factory.combiners;
    this.stepMillis = factory.stepMillis;
  }

  /** Makes an empty combiner in each subtask. */
  @FunctionalInterface
  public interface Supply<I, O> extends Supplier<Combiner<I, O>>, Serializable {}

  /**
   * Puts such an operator behind a stream, in its chain.
   *
   * @param name of the operator, also its uid
   * @param step in which time is passed on
   */
  public static <I, O> SingleOutputStreamOperator<O> apply(
      DataStream<I> stream,
      String name,
      TypeInformation<O> type,
      Duration step,
      Supply<I, O> combiners) {
    return stream.transform(name, type, new Factory<>(combiners, step.toMillis())).uid(name);
  }

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

  private static final class Factory<I, O> extends AbstractStreamOperatorFactory<O>
      implements OneInputStreamOperatorFactory<I, O> {
    private static final long serialVersionUID = 1L;

    private final Supply<I, O> combiners;
    private final long stepMillis;

    Factory(Supply<I, O> combiners, long stepMillis) {
      this.combiners = combiners;
      this.stepMillis = stepMillis;
    }

    @Override
    // As Flink declares it; the caller asks for what getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<O>> T createStreamOperator(
        StreamOperatorParameters<O> parameters) {
      return (T) new CombinerOperator<>(this, parameters);
    }

    @Override
    @SuppressWarnings("rawtypes") // As Flink declares it.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return CombinerOperator.class;
    }
  }
}
