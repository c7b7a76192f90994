package dev.upswell.fanout.outbox;

import dev.upswell.contract.events.Control;
import dev.upswell.fanout.FanoutJob;
import dev.upswell.fanout.KeyedValue;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the written outboxes of a rebuild and starts the rebuild of feeds after the last one.
 * Earlier, readers would save feeds without some videos.
 *
 * <p>Each subtask reports its key groups and the number of outboxes that it will write. Each outbox
 * is reported after its acknowledgement. All reports are counted under one key, in the same
 * checkpoints as the timers that write. So the count survives failures and rescaling. The state is
 * deleted at the end.
 */
public final class RebuildFunction
    extends KeyedProcessFunction<Long, OutboxWrite.Progress, Control> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RebuildFunction.class);
  private static final long[] NONE = new long[0];

  /** The only key. */
  public static final long ALL = 0;

  private transient KeyedValue<long[]> count;

  @Override
  public void open(OpenContext context) {
    count =
        KeyedValue.of(
            getRuntimeContext(),
            "count",
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
            NONE);
  }

  @Override
  public void processElement(
      OutboxWrite.Progress progress, Context context, Collector<Control> out) {
    Count before = Count.unpack(count.get());
    if (progress.rebuild() < before.rebuild) {
      // A report of a rebuild that a newer one replaced.
      return;
    }
    Count now =
        (progress.rebuild() > before.rebuild ? Count.of(progress.rebuild()) : before)
            .after(progress);
    if (!now.isOver()) {
      count.set(now.pack(), false);
      return;
    }
    count.set(NONE, true);
    LOG.info("all outboxes are rebuilt");
    if (now.feedsToo) {
      out.collect(
          Control.newBuilder()
              .setJob(FanoutJob.NAME)
              .setType(Control.Type.REBUILD_FEEDS)
              .setAt(context.timerService().currentProcessingTime())
              .setPerSecond(now.perSecond)
              .build());
    }
  }

  /**
   * Progress of a rebuild.
   *
   * @param groups key groups whose subtasks have started
   * @param left outboxes that are not written yet
   */
  private record Count(
      long rebuild, int perSecond, boolean feedsToo, int groups, int allGroups, long left) {
    static Count of(long rebuild) {
      return new Count(rebuild, 0, false, 0, 0, 0);
    }

    Count after(OutboxWrite.Progress progress) {
      if (progress instanceof OutboxWrite.Begun begun) {
        return new Count(
            rebuild,
            begun.perSecond(),
            begun.feedsToo(),
            groups + begun.groups(),
            begun.allGroups(),
            left + begun.creators());
      }
      return new Count(rebuild, perSecond, feedsToo, groups, allGroups, left - 1);
    }

    boolean isOver() {
      return groups == allGroups && left == 0;
    }

    long[] pack() {
      return new long[] {rebuild, perSecond, feedsToo ? 1 : 0, groups, allGroups, left};
    }

    static Count unpack(long[] packed) {
      return packed.length == 0
          ? of(Long.MIN_VALUE)
          : new Count(
              packed[0],
              (int) packed[1],
              packed[2] != 0,
              (int) packed[3],
              (int) packed[4],
              packed[5]);
    }
  }
}
