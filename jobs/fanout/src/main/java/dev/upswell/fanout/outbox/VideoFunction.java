package dev.upswell.fanout.outbox;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.video.VideoChange;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a record of {@code videos} changes, by the records of its video so far.
 *
 * <p>Keyed by video, because the records of a video may name different creators, and a removal may
 * arrive before the publication. The state of a video is kept as long as its data in Redis.
 */
public final class VideoFunction extends KeyedProcessFunction<Long, Video, OutboxInput> {
  private static final long serialVersionUID = 1L;

  private final Duration videoTtl;
  private transient ValueState<byte[]> video;
  private transient Counter ignored;

  /**
   * Creates the function.
   *
   * @param videoTtl lifetime of a video after its last record
   */
  public VideoFunction(Duration videoTtl) {
    this.videoTtl = videoTtl;
  }

  @Override
  public void open(OpenContext context) {
    ValueStateDescriptor<byte[]> descriptor =
        new ValueStateDescriptor<>("video", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(videoTtl).build());
    video = getRuntimeContext().getState(descriptor);
    ignored = getRuntimeContext().getMetricGroup().counter("ignoredVideoRecords");
  }

  @Override
  public void processElement(Video record, Context context, Collector<OutboxInput> out)
      throws Exception {
    byte @Nullable [] packed = video.value();
    VideoState before = packed == null ? VideoState.UNKNOWN : VideoState.fromBytes(packed);
    List<VideoChange> changes = VideoChange.of(before, record);
    if (changes.isEmpty()) {
      ignored.inc();
      return;
    }
    video.update(before.after(record).toBytes());
    long readAt = context.timerService().currentProcessingTime();
    for (VideoChange change : changes) {
      out.collect(new OutboxInput(change, readAt));
    }
  }
}
