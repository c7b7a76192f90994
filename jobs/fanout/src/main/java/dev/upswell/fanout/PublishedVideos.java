package dev.upswell.fanout;

import dev.upswell.contract.events.Video;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells creators of every video that was published; a removed one only changes its data. */
final class PublishedVideos implements FlatMapFunction<Video, CreatorInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Video video, Collector<CreatorInput> out) {
    if (video.getType() == Video.Type.PUBLISHED) {
      boolean hidden = video.getVisibility() == Video.Visibility.PRIVATE;
      out.collect(
          new CreatorInput.Published(
              video.getCreatorId(), video.getVideoId(), video.getAt(), hidden));
    }
  }
}
