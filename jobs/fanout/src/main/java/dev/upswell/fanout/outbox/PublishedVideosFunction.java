package dev.upswell.fanout.outbox;

import dev.upswell.fanout.FanoutTypes;
import dev.upswell.fanout.creator.CreatorInput;
import dev.upswell.feeds.video.VideoChange;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Emits a video to its creator when followers can see it for the first time, or again. Other
 * records only change its data. Rebuilt videos are emitted only to the rebuild count.
 */
public final class PublishedVideosFunction extends ProcessFunction<OutboxWrite, CreatorInput> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<OutboxWrite.Progress> REBUILT =
      new OutputTag<>("rebuilt", FanoutTypes.REBUILD_PROGRESS);

  @Override
  public void processElement(OutboxWrite write, Context context, Collector<CreatorInput> out) {
    if (write instanceof OutboxWrite.Progress progress) {
      context.output(REBUILT, progress);
    } else if (write instanceof OutboxWrite.OfVideo written
        && written.write().video().kind() == VideoChange.Kind.SHOWN) {
      VideoChange video = written.write().video();
      out.collect(
          new CreatorInput.Published(
              video.creatorId(), video.videoId(), video.record().getAt(), written.readAt()));
    }
  }
}
