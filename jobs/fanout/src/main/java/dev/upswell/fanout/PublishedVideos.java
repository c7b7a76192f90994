package dev.upswell.fanout;

import dev.upswell.contract.events.Video;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells creators of every video that was published; a removed one only changes its data. */
final class PublishedVideos implements FlatMapFunction<OutboxWrite, CreatorInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(OutboxWrite write, Collector<CreatorInput> out) {
    Video video = write.video();
    if (video.getType() == Video.Type.PUBLISHED && !write.rebuilt()) {
      boolean hidden = video.getVisibility() == Video.Visibility.PRIVATE;
      out.collect(
          new CreatorInput.Published(
              video.getCreatorId(), video.getVideoId(), video.getAt(), hidden));
    }
  }
}
