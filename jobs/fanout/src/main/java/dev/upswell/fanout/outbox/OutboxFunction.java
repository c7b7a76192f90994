package dev.upswell.fanout.outbox;

import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Video;
import dev.upswell.fanout.KeyedValue;
import dev.upswell.fanout.rebuild.PacedRebuild;
import dev.upswell.fanout.rebuild.RebuildableFunction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the newest videos of each creator, so that a rebuild can write outboxes again. */
public final class OutboxFunction extends RebuildableFunction<Video, OutboxWrite> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(OutboxFunction.class);
  private static final long[] EMPTY = new long[0];
  private static final ValueStateDescriptor<long[]> IDS =
      new ValueStateDescriptor<>("ids", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  /**
   * Broadcast state. The entry {@link #LAST} has the request time of the last rebuild. A request
   * with the same or an earlier time is a duplicate or late.
   */
  public static final MapStateDescriptor<String, Long> REBUILD_REQUESTED =
      new MapStateDescriptor<>("rebuild-requested", Types.STRING, Types.LONG);

  private static final String LAST = "last";

  private final int outboxEntries;
  private transient int groups;
  private transient int allGroups;

  /** Ascending. */
  private transient KeyedValue<long[]> ids;

  /** Last record of each video, serialized. */
  private transient MapState<Long, byte[]> videos;

  private transient PacedRebuild rebuild;

  public OutboxFunction(int outboxEntries) {
    this.outboxEntries = outboxEntries;
  }

  @Override
  public void open(OpenContext context) {
    ids = new KeyedValue<>(getRuntimeContext().getState(IDS), EMPTY);
    videos =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "videos", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    rebuild = new PacedRebuild(getRuntimeContext(), timers());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    allGroups = task.getMaxNumberOfParallelSubtasks();
    groups =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                allGroups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask())
            .getNumberOfKeyGroups();
  }

  @Override
  public void processElement(Video video, ReadOnlyContext context, Collector<OutboxWrite> out)
      throws Exception {
    remember(video);
    out.collect(new OutboxWrite.OfVideo(video, false));
  }

  private void remember(Video video) throws Exception {
    long[] allAcknowledged = ids.get();
    int place = Arrays.binarySearch(allAcknowledged, video.getVideoId());
    if (place >= 0) {
      if (isNewer(video)) {
        videos.put(video.getVideoId(), video.toByteArray());
      }
      return;
    }
    int at = -place - 1;
    boolean full = allAcknowledged.length == outboxEntries;
    if (video.getType() == Video.Type.REMOVED || (full && at == 0)) {
      return;
    }
    long[] more = new long[allAcknowledged.length + 1];
    System.arraycopy(allAcknowledged, 0, more, 0, at);
    more[at] = video.getVideoId();
    System.arraycopy(allAcknowledged, at, more, at + 1, allAcknowledged.length - at);
    videos.put(video.getVideoId(), video.toByteArray());
    if (full) {
      videos.remove(more[0]);
      more = Arrays.copyOfRange(more, 1, more.length);
    }
    ids.set(more, false);
  }

  private boolean isNewer(Video video) throws Exception {
    Video allAcknowledged = read(video.getVideoId());
    return allAcknowledged.getType() != Video.Type.REMOVED
        && (video.getType() == Video.Type.REMOVED || video.getAt() >= allAcknowledged.getAt());
  }

  private Video read(long id) throws Exception {
    byte @Nullable [] bytes = videos.get(id);
    if (bytes == null) {
      throw new IOException("video " + id + " is in the outbox and not in the state");
    }
    return Video.parseFrom(bytes);
  }

  @Override
  public void processBroadcastElement(Control control, Context context, Collector<OutboxWrite> out)
      throws Exception {
    boolean feedsToo = control.getType() == Control.Type.REBUILD;
    if (!feedsToo && control.getType() != Control.Type.REBUILD_OUTBOXES) {
      return;
    }
    long requested = requested(context.getBroadcastState(REBUILD_REQUESTED));
    if (control.getAt() <= requested) {
      LOG.info(
          "ignored rebuild request of {}: not newer than the last one of {}",
          control.getAt(),
          requested);
      return;
    }
    context.getBroadcastState(REBUILD_REQUESTED).put(LAST, control.getAt());
    long creators = rebuild.begin(control, context, IDS);
    out.collect(
        new OutboxWrite.Begun(
            control.getAt(), control.getPerSecond(), feedsToo, groups, allGroups, creators));
  }

  private static long requested(ReadOnlyBroadcastState<String, Long> state) throws Exception {
    @Nullable Long at = state.get(LAST);
    return at == null ? 0 : at;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<OutboxWrite> out)
      throws Exception {
    if (!rebuild.isDue(time)) {
      return;
    }
    List<OutboxWrite> again = new ArrayList<>();
    for (long id : ids.get()) {
      Video video = read(id);
      if (video.getType() == Video.Type.REMOVED) {
        // A removed video keeps its place in the outbox. Otherwise readers could not tell that
        // older videos were evicted.
        Video place = video.toBuilder().setType(Video.Type.PUBLISHED).build();
        again.add(new OutboxWrite.OfVideo(place, true));
      }
      again.add(new OutboxWrite.OfVideo(video, true));
    }
    // The last rebuild replaces the timers of earlier ones.
    again.add(new OutboxWrite.OneDone(requested(context.getBroadcastState(REBUILD_REQUESTED))));
    // Emitted after the last state access, because the writer may wait for Redis, and timers of
    // other keys may run meanwhile.
    again.forEach(out::collect);
  }
}
