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
 * Knows when all outboxes of a rebuild are written, and lets feeds follow: a reader would keep a
 * feed that lacks what was not there yet.
 *
 * <p>Each subtask says how many key groups it has and how many outboxes it is going to write; each
 * outbox is told of once it is acknowledged. All of it is counted under one key, in a state that is
 * part of the same checkpoints as the timers that write: neither a failure nor another parallelism
 * makes it wrong. Nothing is kept once all is there.
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
      // Of a rebuild that a newer one ended.
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
   * What is known of a rebuild.
   *
   * @param groups key groups whose subtasks have begun
   * @param left outboxes that are still to be written, of those that were told of
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
