package dev.upswell.trending;

import dev.upswell.popularity.trending.BoardVideo;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.TrendingSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Scores the videos of its creators, and emits the lists of this subtask at the end of each slot.
 *
 * <p>Videos are in memory with their metadata. Changed ones are written to state before each
 * checkpoint, so a video costs at most one write per checkpoint and no read. Counts are buffered in
 * memory until the end of their slot, or in state if it is far ahead. Counts from before the
 * publication of a video are added in the slots in which they happened, as if it had been published
 * before.
 */
final class ScoreOperator extends AbstractStreamOperator<ScopeLists>
    implements OneInputStreamOperator<VideoUpdate, ScopeLists>, Triggerable<Long, Integer> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<HiddenVideo> HIDDEN_VIDEOS =
      new OutputTag<>("hidden-videos", TrendingTypes.HIDDEN_VIDEO);

  private final TrendingSettings settings;
  private final List<String> devices;

  private transient ScoreState state;
  private transient TrendBoard board;
  private transient TreeMap<Integer, List<WaitingCount>> waiting;
  private transient AheadCounts ahead;

  /** Videos hidden since the last closed slot. */
  private transient List<Long> hidden;

  /** The last closed slot. */
  private transient int closedSlot;

  /** The hour in which videos were forgotten the last time. */
  private transient int tidied;

  /** A count until the end of its slot. */
  record WaitingCount(long creatorId, BoardVideo video, TrendCount count) {}

  /**
   * Creates the operator.
   *
   * @param devices devices with scopes of their own
   */
  ScoreOperator(TrendingSettings settings, List<String> devices) {
    this.settings = settings;
    this.devices = List.copyOf(devices);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = new ScoreState(context);
    board = new TrendBoard(settings, new ScopeKey(devices));
    waiting = new TreeMap<>();
    hidden = state.hidden();
    getMetricGroup().<Integer, Gauge<Integer>>gauge("videos", board::size);
    closedSlot = state.closedSlot();
    ahead =
        new AheadCounts(
            (bucket, counts) -> getPartitionedState(bucket, IntSerializer.INSTANCE, counts),
            getInternalTimerService("ahead", IntSerializer.INSTANCE, this));
    if (context.isRestored()) {
      state.restore(getKeyedStateBackend(), board, closedSlot, this::awaitInMemory);
      ahead.restore(
          state.buckets(),
          getKeyedStateBackend(),
          (creatorId, count) -> board.find(creatorId, count.videoId()).ifPresent(board::await));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    board.packChanged(
        (creatorId, videoId, packed) -> {
          setCurrentKey(creatorId);
          state.keep(videoId, packed);
        });
    state.storeWaiting(this::setCurrentKey, waiting);
    state.store(closedSlot, hidden, ahead.buckets());
  }

  @Override
  public void processElement(StreamRecord<VideoUpdate> element) throws Exception {
    VideoUpdate update = element.getValue();
    if (update instanceof VideoUpdate.Counted counted) {
      TrendCount count = counted.count();
      count(counted.creatorId(), board.video(count.videoId(), counted.metadata()), count);
    } else if (update instanceof VideoUpdate.Changed changed) {
      change(changed);
    } else {
      board.remove(update.creatorId(), update.videoId());
      hidden.add(update.videoId());
    }
  }

  private void count(long creatorId, BoardVideo video, TrendCount count) throws Exception {
    TrendCount inTime = count.in(Math.max(count.slot(), closedSlot + 1));
    await(creatorId, video, inTime.withoutViewers());
    if (inTime.viewers() > 0) {
      await(creatorId, video, inTime.viewersOnly());
    }
  }

  private void await(long creatorId, BoardVideo video, TrendCount count) throws Exception {
    if ((long) count.slot() - firstOpenSlot() > AheadCounts.IN_MEMORY) {
      board.await(video);
      ahead.add(count);
    } else {
      awaitInMemory(creatorId, video, count);
    }
  }

  /**
   * Returns the first slot that is not closed; before the first watermark, the first with counts.
   */
  private int firstOpenSlot() {
    if (closedSlot != ClosedSlots.NONE) {
      return closedSlot + 1;
    }
    return waiting.isEmpty() ? Integer.MAX_VALUE : waiting.firstKey();
  }

  private void awaitInMemory(long creatorId, BoardVideo video, TrendCount count) {
    board.await(video);
    hold(creatorId, video, count);
  }

  private void hold(long creatorId, BoardVideo video, TrendCount count) {
    waiting
        .computeIfAbsent(count.slot(), unknown -> new ArrayList<>())
        .add(new WaitingCount(creatorId, video, count));
  }

  private void change(VideoUpdate.Changed changed) throws Exception {
    board.learn(changed.videoId(), changed.metadata());
    if (changed.metadata().hidden()) {
      hidden.add(changed.videoId());
    }
    if (!changed.pending().isEmpty()) {
      addPending(changed);
    }
  }

  /** Adds counts of closed slots in the order of their slots, all others at the end of theirs. */
  private void addPending(VideoUpdate.Changed changed) throws Exception {
    BoardVideo video = board.video(changed.videoId(), changed.metadata());
    List<TrendCount> parts = new ArrayList<>();
    for (TrendCount count : changed.pending()) {
      parts.add(count.withoutViewers());
      if (count.viewers() > 0) {
        parts.add(count.viewersOnly());
      }
    }
    parts.sort(Comparator.comparingInt(TrendCount::slot));
    for (TrendCount part : parts) {
      if (part.slot() <= closedSlot) {
        board.add(video, part, part.slot());
      } else {
        await(changed.creatorId(), video, part);
      }
    }
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    int before = closedSlot;
    int last = Slots.closedBy(watermark.getTimestamp());
    int next = nextSlot(last);
    while (next <= last && next != Integer.MAX_VALUE) {
      closeSlot(next);
      next = nextSlot(last);
    }
    if (last > before) {
      closedSlot = last;
      emitHidden();
    }
    int hour = Math.floorDiv(closedSlot, Slots.PER_HOUR);
    if (hour != tidied && last != Integer.MAX_VALUE) {
      board.evict(closedSlot);
      tidied = hour;
    }
    super.processWatermark(watermark);
  }

  /**
   * Returns the next slot to close. Scores fall while nothing happens, so as long as anything is in
   * a list all slots count.
   *
   * @param last last slot that the watermark closes
   */
  private int nextSlot(int last) throws Exception {
    int next = firstWaiting();
    while (ahead.firstSlot() <= Math.min(next, last)) {
      getTimeServiceManager().orElseThrow().advanceWatermark(new Watermark(ahead.beginNext()));
      next = firstWaiting();
    }
    return next;
  }

  private int firstWaiting() {
    int waited = waiting.isEmpty() ? Integer.MAX_VALUE : waiting.firstKey();
    return board.isQuiet() ? waited : Math.min(closedSlot + 1, waited);
  }

  @Override
  public void onEventTime(InternalTimer<Long, Integer> timer) throws Exception {
    ahead.load(
        timer,
        (creatorId, count) ->
            board
                .find(creatorId, count.videoId())
                .ifPresent(video -> hold(creatorId, video, count)));
  }

  @Override
  public void onProcessingTime(InternalTimer<Long, Integer> timer) {
    throw new IllegalStateException("no processing time timers: " + timer);
  }

  private void closeSlot(int slot) {
    List<WaitingCount> counts = waiting.remove(slot);
    if (counts != null) {
      for (WaitingCount each : counts) {
        board.addAwaited(each.video(), each.count(), slot);
      }
    }
    closedSlot = slot;
    for (ScopeLists lists : board.lists(slot)) {
      output.collect(new StreamRecord<>(lists, Slots.end(slot)));
    }
  }

  /** Emits the hidden videos with the first slot that has lists without them. */
  private void emitHidden() {
    for (long videoId : hidden) {
      output.collect(HIDDEN_VIDEOS, new StreamRecord<>(new HiddenVideo(videoId, closedSlot)));
    }
    hidden.clear();
  }
}
