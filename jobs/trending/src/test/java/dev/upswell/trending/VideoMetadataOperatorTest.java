package dev.upswell.trending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Video;
import dev.upswell.popularity.trending.TrendCount;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoMetadataOperatorTest {
  private KeyedTwoInputStreamOperatorTestHarness<Long, TrendCount, Video, VideoUpdate> operator;

  @BeforeEach
  void start() throws Exception {
    operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new VideoMetadataOperator(Duration.ofDays(1)),
            TrendCount::videoId,
            Video::getVideoId,
            Types.LONG);
    operator.open();
  }

  @AfterEach
  void stop() throws Exception {
    operator.close();
  }

  @Test
  void recordsOfVideosDoNotHoldBackTheWatermark() throws Exception {
    operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    operator.processWatermark1(new Watermark(9_999));
    assertThat(operator.getOutput()).containsExactly(new Watermark(9_999));
  }

  @Test
  void idlenessIsNotPassedOn() throws Exception {
    operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    operator.processWatermark1(new Watermark(9_999));
    operator.processWatermarkStatus1(WatermarkStatus.IDLE);
    operator.processWatermarkStatus1(WatermarkStatus.ACTIVE);
    operator.processWatermark1(new Watermark(19_999));
    // A subtask behind waits for this one, even if another one is earlier to resume.
    assertThat(operator.getOutput()).containsExactly(new Watermark(9_999), new Watermark(19_999));
  }
}
