package dev.upswell.fanout.outbox;

import dev.upswell.contract.events.Video;
import dev.upswell.fanout.FanoutTypes;
import dev.upswell.fanout.creator.CreatorInput;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Emits each published video to its creator. Removals only change the data of a video. Rebuilt
 * videos are emitted only to the rebuild count.
 */
public final class PublishedVideosFunction extends ProcessFunction<OutboxWrite, CreatorInput> {
  private static final long serialVersionUID = 1L;

  public static final OutputTag<OutboxWrite.Progress> REBUILT =
      new OutputTag<>("rebuilt", FanoutTypes.REBUILD_PROGRESS);

  @Override
  public void processElement(OutboxWrite write, Context context, Collector<CreatorInput> out) {
    if (write instanceof OutboxWrite.Progress progress) {
      context.output(REBUILT, progress);
    } else if (write instanceof OutboxWrite.OfVideo written && !written.rebuilt()) {
      publish(written.video(), out);
    }
  }

  private static void publish(Video video, Collector<CreatorInput> out) {
    if (video.getType() == Video.Type.PUBLISHED) {
      boolean hidden = video.getVisibility() == Video.Visibility.PRIVATE;
      out.collect(
          new CreatorInput.Published(
              video.getCreatorId(), video.getVideoId(), video.getAt(), hidden));
    }
  }
}
