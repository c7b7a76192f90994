package dev.upswell.fanout;

import dev.upswell.contract.events.Video;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Begins the fan-out of every video that was published; a removed one only changes its data. */
final class PublishedVideos implements FlatMapFunction<Video, AudienceInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Video video, Collector<AudienceInput> out) {
    if (video.getType() == Video.Type.PUBLISHED) {
      out.collect(new AudienceInput.FanOut(video.getCreatorId(), video.getVideoId()));
    }
  }
}
