package dev.upswell.fanout.rebuild;

import dev.upswell.contract.events.Control;
import java.util.List;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.SimpleTimerService;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;

/**
 * Runs a function like Flink's operator, and passes it the timer service at open.
 *
 * <p>Flink passes it only with a keyed element. A subtask without elements since its start could
 * not rebuild its state.
 *
 * @param <I> input element
 * @param <O> output element
 */
public final class RebuildableOperator<I, O>
    extends CoBroadcastWithKeyedOperator<Long, I, Control, O> {
  private static final long serialVersionUID = 1L;

  /** The name under which Flink's operator has them: the same timers, by another way. */
  private static final String TIMERS = "user-timers";

  public RebuildableOperator(
      RebuildableFunction<I, O> function, List<MapStateDescriptor<?, ?>> broadcastStates) {
    super(function, broadcastStates);
  }

  @Override
  public void open() throws Exception {
    InternalTimerService<VoidNamespace> timers =
        getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    ((RebuildableFunction<I, O>) userFunction).timers(new SimpleTimerService(timers));
    super.open();
  }
}
