package dev.upswell.viral;

import dev.upswell.contract.VideoState;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.jspecify.annotations.Nullable;

/** State of the current video by its records, in Flink. */
final class VideoMetadataState {
  private final ValueState<byte[]> metadata;

  /**
   * Opens the state.
   *
   * @param ttl lifetime without records and views of the video
   */
  VideoMetadataState(KeyedStateStore states, Duration ttl) {
    ValueStateDescriptor<byte[]> descriptor =
        new ValueStateDescriptor<>(
            "metadata", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(ttl).updateTtlOnReadAndWrite().build());
    metadata = states.getState(descriptor);
  }

  VideoState get() throws IOException {
    byte @Nullable [] packed = metadata.value();
    return packed == null ? VideoState.UNKNOWN : VideoState.fromBytes(packed);
  }

  void update(VideoState video) throws IOException {
    metadata.update(video.toBytes());
  }
}
