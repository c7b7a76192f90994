package dev.upswell.fanout.rebuild;

import dev.upswell.contract.events.Control;
import java.util.Objects;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function that sets timers for its keys when it is told to, not only together with an element.
 * Runs in a {@link RebuildableOperator}.
 *
 * @param <I> the element
 * @param <O> what goes out
 */
public abstract class RebuildableFunction<I, O>
    extends KeyedBroadcastProcessFunction<Long, I, Control, O> {
  private static final long serialVersionUID = 1L;

  private transient @Nullable TimerService timers;

  /** Is called once, before {@link #open}. */
  final void timers(TimerService service) {
    timers = service;
  }

  /** Those of the current key; from {@link #open} on. */
  protected final TimerService timers() {
    return Objects.requireNonNull(timers, "not in a RebuildableOperator");
  }
}
