package dev.upswell.fanout.rebuild;

import dev.upswell.contract.events.Control;
import java.util.Objects;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function that sets timers for its keys on broadcast elements too. Runs in a {@link
 * RebuildableOperator}.
 *
 * @param <I> input element
 * @param <O> output element
 */
public abstract class RebuildableFunction<I, O>
    extends KeyedBroadcastProcessFunction<Long, I, Control, O> {
  private static final long serialVersionUID = 1L;

  private transient @Nullable TimerService timers;

  /** Is called once, before {@link #open}. */
  final void timers(TimerService service) {
    timers = service;
  }

  /** Returns the timers of the current key, after {@link #open}. */
  protected final TimerService timers() {
    return Objects.requireNonNull(timers, "not in a RebuildableOperator");
  }
}
