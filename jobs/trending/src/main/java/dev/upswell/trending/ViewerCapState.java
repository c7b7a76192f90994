package dev.upswell.trending;

import dev.upswell.popularity.trending.ViewerCaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * Recent actions of viewers, in the state of an operator after a source that is keyed by viewer.
 *
 * <p>Viewers stay with their partition, and partitions with their subtask at an unchanged
 * parallelism: each subtask restores its own state. After a rescale the partitions of a subtask are
 * unknown, so each subtask restores everything. Unused entries expire by time, or are evicted by
 * capacity.
 */
final class ViewerCapState {
  private static final ListStateDescriptor<byte[]> CAPS =
      new ListStateDescriptor<>("caps", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final int HEAD = 2 * Integer.BYTES;

  private final ListState<byte[]> state;
  private final ViewerCaps caps;
  private final TaskInfo task;

  /**
   * Opens the state.
   *
   * @param caps receives the restored actions
   */
  ViewerCapState(StateInitializationContext context, TaskInfo task, ViewerCaps caps)
      throws Exception {
    this.task = task;
    this.caps = caps;
    this.state = context.getOperatorStateStore().getUnionListState(CAPS);
    if (context.isRestored()) {
      restore();
    }
  }

  ViewerCaps caps() {
    return caps;
  }

  private void restore() throws Exception {
    List<byte[]> all = new ArrayList<>();
    for (byte[] written : state.get()) {
      ByteBuffer head = ByteBuffer.wrap(written);
      boolean isOwn = head.getInt() == task.getIndexOfThisSubtask();
      boolean sameNumber = head.getInt() == task.getNumberOfParallelSubtasks();
      if (isOwn || !sameNumber) {
        all.add(written);
      }
    }
    for (byte[] written : all) {
      byte[] packed = new byte[written.length - HEAD];
      System.arraycopy(written, HEAD, packed, 0, packed.length);
      caps.add(packed);
    }
  }

  void store() throws Exception {
    byte[] packed = caps.toBytes();
    state.update(
        List.of(
            ByteBuffer.allocate(HEAD + packed.length)
                .putInt(task.getIndexOfThisSubtask())
                .putInt(task.getNumberOfParallelSubtasks())
                .put(packed)
                .array()));
  }
}
