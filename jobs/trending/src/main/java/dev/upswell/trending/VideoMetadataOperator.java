package dev.upswell.trending;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.VideoMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Joins counts with the videos that they are of, by video.
 *
 * <p>Creator, category and visibility come from the topic {@code videos}; what a view or an
 * engagement says about its video is ignored. Counts of a video without a publication are stored
 * for an hour, and emitted when it is published. The state of a video expires after a time without
 * records and counts; its counts are then those of an unknown video.
 *
 * <p>Late counts are moved to the first open slot here, so that they are in time in the operators
 * behind. The watermark status ends here too: a subtask that still counts as idle while another one
 * advances would be ignored behind, and lists would be emitted without its videos. All subtasks
 * receive the same watermarks, so none of them holds back the others.
 */
final class VideoMetadataOperator extends AbstractStreamOperator<VideoUpdate>
    implements TwoInputStreamOperator<TrendCount, Video, VideoUpdate> {
  private static final long serialVersionUID = 1L;

  /** Slots after which a late or pending count is dropped. */
  static final int MAX_AGE = Slots.PER_HOUR;

  private static final Duration PENDING_TTL = Duration.ofHours(1);

  /** Videos of a generation of the cache; about 150 bytes each. */
  private static final int MAX_CACHED = 100_000;

  /** The cache is emptied this many times per lifetime, so that reads renew the state. */
  private static final int RENEWALS = 4;

  private static final long[] NONE = {};

  private static final ListStateDescriptor<Integer> CLOSED_SLOT =
      new ListStateDescriptor<>("closed-slot", Types.INT);

  private final Duration ttl;

  private transient ValueState<byte[]> state;
  private transient ValueState<long[]> pending;
  private transient ListState<Integer> closedSlotState;
  private transient MetadataCache cache;
  private transient long cachedSince;
  private transient StreamRecord<VideoUpdate> reused;
  private transient Counter droppedLate;
  private transient Counter unknownVideoCounts;

  /** The last closed slot. */
  private transient int closedSlot;

  /**
   * Creates the operator.
   *
   * @param ttl lifetime of the state of a video without records and counts
   */
  VideoMetadataOperator(Duration ttl) {
    this.ttl = ttl;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ValueStateDescriptor<byte[]> videos =
        new ValueStateDescriptor<>("video", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    videos.enableTimeToLive(StateTtlConfig.newBuilder(ttl).updateTtlOnReadAndWrite().build());
    ValueStateDescriptor<long[]> counts =
        new ValueStateDescriptor<>(
            "pending", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);
    counts.enableTimeToLive(StateTtlConfig.newBuilder(PENDING_TTL).build());
    state = context.getKeyedStateStore().getState(videos);
    pending = context.getKeyedStateStore().getState(counts);
    closedSlotState = context.getOperatorStateStore().getUnionListState(CLOSED_SLOT);
    closedSlot = ClosedSlots.restore(closedSlotState);
    cache = new MetadataCache(MAX_CACHED);
    cachedSince = getProcessingTimeService().getCurrentProcessingTime();
    reused = new StreamRecord<>(null);
    droppedLate = getMetricGroup().counter("droppedLate");
    unknownVideoCounts = getMetricGroup().counter("unknownVideoCounts");
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    closedSlotState.update(List.of(closedSlot));
  }

  /** Leaves the key unset: most counts find their video in the cache. */
  @Override
  @SuppressWarnings("rawtypes") // As declared by Flink.
  public void setKeyContextElement1(StreamRecord record) {}

  @Override
  public void processElement1(StreamRecord<TrendCount> element) throws Exception {
    TrendCount count = element.getValue();
    if ((long) closedSlot - count.slot() > MAX_AGE) {
      droppedLate.inc();
      return;
    }
    TrendCount inTime = count.in(Math.max(count.slot(), closedSlot + 1));
    Optional<VideoMetadata> metadata = metadataOf(count.videoId());
    if (metadata.isPresent()) {
      emit(new VideoUpdate.Counted(metadata.get(), inTime));
    } else {
      unknownVideoCounts.inc();
      setCurrentKey(count.videoId());
      pending.update(PendingTrendCounts.add(pendingCounts(), inTime, earliest()));
    }
  }

  private Optional<VideoMetadata> metadataOf(long videoId) throws IOException {
    Optional<VideoMetadata> cached = cache.get(videoId);
    if (cached.isPresent()) {
      return cached;
    }
    setCurrentKey(videoId);
    VideoState video = read();
    if (!video.isKnown()) {
      return Optional.empty();
    }
    VideoMetadata metadata = VideoMetadata.of(video);
    cache.put(videoId, metadata);
    return Optional.of(metadata);
  }

  private VideoState read() throws IOException {
    byte @Nullable [] packed = state.value();
    return packed == null ? VideoState.UNKNOWN : VideoState.fromBytes(packed);
  }

  private long[] pendingCounts() throws IOException {
    long @Nullable [] packed = pending.value();
    return packed == null ? NONE : packed;
  }

  /** Returns the earliest slot of the pending counts to keep. */
  private int earliest() {
    return closedSlot < Integer.MIN_VALUE + MAX_AGE ? Integer.MIN_VALUE : closedSlot - MAX_AGE;
  }

  @Override
  public void processElement2(StreamRecord<Video> element) throws Exception {
    Video record = element.getValue();
    long videoId = record.getVideoId();
    VideoState before = read();
    VideoState after = before.after(record);
    if (after.equals(before)) {
      return;
    }
    state.update(after.toBytes());
    VideoMetadata metadata = VideoMetadata.of(after);
    if (before.isKnown() && before.creatorId() != after.creatorId()) {
      emit(new VideoUpdate.Moved(before.creatorId(), videoId));
    }
    if (after.isKnown()) {
      cache.put(videoId, metadata);
    }
    if (after.isKnown() && !before.isKnown()) {
      List<TrendCount> counts = PendingTrendCounts.unpack(videoId, pendingCounts(), earliest());
      pending.clear();
      emit(new VideoUpdate.Changed(metadata, videoId, counts));
    } else if (!metadata.equals(VideoMetadata.of(before)) || after.isRemoved()) {
      emit(new VideoUpdate.Changed(metadata, videoId, List.of()));
    }
  }

  private void emit(VideoUpdate update) {
    output.collect(reused.replace(update));
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    closedSlot = Math.max(closedSlot, Slots.closedBy(watermark.getTimestamp()));
    long now = getProcessingTimeService().getCurrentProcessingTime();
    if (now - cachedSince >= ttl.toMillis() / RENEWALS) {
      cachedSince = now;
      cache.clear();
    }
    super.processWatermark(watermark);
  }

  /** Combines the status of both inputs, and emits the watermark but not the status. */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
    if (combinedWatermark.updateStatus(index, status.isIdle())) {
      processWatermark(new Watermark(combinedWatermark.getCombinedWatermark()));
    }
  }
}
