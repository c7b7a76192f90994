package dev.upswell.trending;

import dev.upswell.contract.events.Video;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendBoard;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.popularity.trending.VideoMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Scores the videos of its creators, and emits the lists of this subtask at the end of each slot.
 *
 * <p>Videos are in memory. Changed ones are written to state before each checkpoint, so a video
 * costs at most one write per checkpoint and no read. Counts are buffered in memory until the end
 * of their slot. A late count is added to the next slot, if it is at most an hour late. Metadata is
 * in state only, and read at the first view of a video.
 */
final class ScoreOperator extends AbstractStreamOperator<ScopeLists>
    implements TwoInputStreamOperator<TrendCount, Video, ScopeLists> {
  private static final long serialVersionUID = 1L;

  private static final int LATEST = Slots.PER_HOUR;

  private final TrendingSettings settings;
  private final List<String> devices;
  private final Duration metadataTtl;

  private transient ScoreState state;
  private transient TrendBoard board;
  private transient TreeMap<Integer, List<TrendCount>> waiting;
  private transient Counter droppedLate;

  /** The last closed slot. */
  private transient int closedSlot;

  /** The hour in which videos were forgotten the last time. */
  private transient int tidied;

  /**
   * Creates the operator.
   *
   * @param devices devices with scopes of their own
   * @param metadataTtl lifetime of metadata in state
   */
  ScoreOperator(TrendingSettings settings, List<String> devices, Duration metadataTtl) {
    this.settings = settings;
    this.devices = List.copyOf(devices);
    this.metadataTtl = metadataTtl;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = new ScoreState(context, metadataTtl);
    board = new TrendBoard(settings, new ScopeKey(devices), this::metadataOf);
    waiting = new TreeMap<>();
    droppedLate = getMetricGroup().counter("droppedLate");
    getMetricGroup().<Integer, Gauge<Integer>>gauge("videos", board::size);
    closedSlot = Integer.MIN_VALUE;
    if (context.isRestored()) {
      closedSlot = state.closedSlot();
      state.restore(getKeyedStateBackend(), board, closedSlot, this::await);
    }
  }

  private VideoMetadata metadataOf(long creatorId, long videoId) {
    setCurrentKey(creatorId);
    try {
      return state.metadataOf(videoId);
    } catch (Exception e) {
      throw new IllegalStateException("metadata of video " + videoId, e);
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
    state.storeOver(closedSlot);
  }

  @Override
  public void processElement1(StreamRecord<TrendCount> element) {
    TrendCount count = element.getValue();
    if ((long) closedSlot - count.slot() > LATEST) {
      droppedLate.inc();
      return;
    }
    int slot = Math.max(count.slot(), closedSlot + 1);
    await(count.withoutViewers(), slot);
    if (count.viewers() > 0) {
      await(count.viewersOnly(), slot + TrendCount.VIEWERS_AFTER);
    }
  }

  private void await(TrendCount count, int slot) {
    waiting.computeIfAbsent(slot, unknown -> new ArrayList<>()).add(count);
  }

  @Override
  public void processElement2(StreamRecord<Video> element) throws Exception {
    Video video = element.getValue();
    TimedMetadata emitted = TimedMetadata.of(video);
    if (state.learn(video.getVideoId(), emitted)) {
      board.learn(video.getCreatorId(), video.getVideoId(), emitted.metadata());
    }
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    int last = Slots.closedBy(watermark.getTimestamp());
    int next = nextSlot();
    while (next <= last && next != Integer.MAX_VALUE) {
      closeSlot(next);
      next = nextSlot();
    }
    closedSlot = Math.max(closedSlot, last);
    int hour = Math.floorDiv(closedSlot, Slots.PER_HOUR);
    if (hour != tidied && last != Integer.MAX_VALUE) {
      board.evict(closedSlot);
      tidied = hour;
    }
    super.processWatermark(watermark);
  }

  /** Scores fall while nothing happens, so as long as anything is in a list all slots count. */
  private int nextSlot() {
    int waited = waiting.isEmpty() ? Integer.MAX_VALUE : waiting.firstKey();
    return board.isQuiet() ? waited : Math.min(closedSlot + 1, waited);
  }

  private void closeSlot(int slot) {
    List<TrendCount> counts = waiting.remove(slot);
    if (counts != null) {
      for (TrendCount count : counts) {
        board.add(count, slot);
      }
    }
    closedSlot = slot;
    for (ScopeLists lists : board.lists(slot)) {
      output.collect(new StreamRecord<>(lists, Slots.end(slot)));
    }
  }
}
