package dev.upswell.fanout.outbox;

import dev.upswell.contract.events.Control;
import dev.upswell.fanout.rebuild.PacedRebuild;
import dev.upswell.fanout.rebuild.RebuildableFunction;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.video.Outbox;
import dev.upswell.feeds.video.OutboxChange;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.feeds.video.VideoWrite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the videos of each creator and decides which are in the outbox. */
public final class OutboxFunction extends RebuildableFunction<OutboxInput, OutboxWrite> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(OutboxFunction.class);

  /**
   * Broadcast state. The entry {@link #LAST} has the request time of the last rebuild. A request
   * with the same or an earlier time is a duplicate or late.
   */
  public static final MapStateDescriptor<String, Long> REBUILD_REQUESTED =
      new MapStateDescriptor<>("rebuild-requested", Types.STRING, Types.LONG);

  private static final String LAST = "last";

  private final FeedOptions settings;
  private transient int groups;
  private transient int allGroups;
  private transient Outbox outbox;
  private transient KeyedOutboxState state;
  private transient PacedRebuild rebuild;

  public OutboxFunction(FeedOptions settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    outbox = new Outbox(settings.outboxEntries());
    state = new KeyedOutboxState(getRuntimeContext(), settings.videoTtl());
    rebuild = new PacedRebuild(getRuntimeContext(), timers());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    allGroups = task.getMaxNumberOfParallelSubtasks();
    groups =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                allGroups, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask())
            .getNumberOfKeyGroups();
  }

  @Override
  public void processElement(OutboxInput input, ReadOnlyContext context, Collector<OutboxWrite> out)
      throws Exception {
    VideoChange video = input.change();
    OutboxChange change =
        video.isListed()
            ? outbox.add(state, video.videoId(), state.put(video))
            : outbox.remove(state, video.videoId(), state.remove(video.videoId()));
    out.collect(new OutboxWrite.OfVideo(new VideoWrite(video, change), input.readAt()));
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
    long creators = rebuild.begin(control, context, KeyedOutboxState.NEWEST);
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
    long[] entries = outbox.entries(state);
    // Older videos are not in the outbox, but lists of other jobs and their pages need the data.
    for (long id : state.videoIds()) {
      OutboxChange change =
          Arrays.binarySearch(entries, id) >= 0 ? OutboxChange.adding(id) : OutboxChange.NONE;
      state
          .video(id)
          .ifPresent(
              video -> again.add(new OutboxWrite.OfVideo(new VideoWrite(video, change), time)));
    }
    // The last rebuild replaces the timers of earlier ones.
    again.add(new OutboxWrite.OneDone(requested(context.getBroadcastState(REBUILD_REQUESTED))));
    // Emitted after the last state access, because the writer may wait for Redis, and timers of
    // other keys may run meanwhile.
    again.forEach(out::collect);
  }
}
