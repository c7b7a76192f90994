package dev.upswell.fanout.outbox;

import dev.upswell.contract.events.Video;
import dev.upswell.fanout.KeyedValue;
import dev.upswell.feeds.video.OutboxState;
import dev.upswell.feeds.video.VideoChange;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Videos of the current creator, in Flink: the data of all that followers may see, and the ids of
 * the newest ones in order.
 */
final class KeyedOutboxState implements OutboxState {
  /** Creators with an outbox, which a rebuild writes to Redis. */
  static final ValueStateDescriptor<long[]> NEWEST =
      new ValueStateDescriptor<>("newest", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long[] EMPTY = new long[0];
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 1 + Long.BYTES;

  private final KeyedValue<long[]> newest;
  private final KeyedValue<Long> older;

  /** By id: version, first publication, last record in Protobuf. */
  private final MapState<Long, byte[]> videos;

  /**
   * Opens the state.
   *
   * @param videoTtl lifetime of the data of a video
   */
  KeyedOutboxState(RuntimeContext context, Duration videoTtl) {
    newest = new KeyedValue<>(context.getState(NEWEST), EMPTY);
    older = KeyedValue.of(context, "older", Types.LONG, 0L);
    MapStateDescriptor<Long, byte[]> descriptor =
        new MapStateDescriptor<>(
            "videos", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(videoTtl).build());
    videos = context.getMapState(descriptor);
  }

  @Override
  public long[] newest() {
    return newest.get();
  }

  @Override
  public void newest(long[] ids) {
    newest.set(ids, ids.length == 0);
  }

  @Override
  public long older() {
    return older.get();
  }

  @Override
  public void older(long count) {
    older.set(count);
  }

  @Override
  public long[] greatestBelow(long below, int most) {
    PriorityQueue<Long> greatest = new PriorityQueue<>();
    try {
      for (long id : videos.keys()) {
        if (id < below) {
          greatest.add(id);
          if (greatest.size() > most) {
            greatest.remove();
          }
        }
      }
    } catch (Exception e) {
      throw new FlinkRuntimeException(e);
    }
    return greatest.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  // ---- Data. Flink declares Exception for state access; failures of RocksDB are fatal.

  /** Stores the data of a video. Returns whether there was none before. */
  boolean put(VideoChange video) throws Exception {
    boolean isNew = !videos.contains(video.videoId());
    byte[] record = video.record().toByteArray();
    videos.put(
        video.videoId(),
        ByteBuffer.allocate(HEAD_BYTES + record.length)
            .put(VERSION)
            .putLong(video.publishedAt())
            .put(record)
            .array());
    return isNew;
  }

  /** Deletes the data of a video. Returns whether there was any. */
  boolean remove(long videoId) throws Exception {
    boolean wasThere = videos.contains(videoId);
    videos.remove(videoId);
    return wasThere;
  }

  /** Returns all ids with data, in no order. */
  Iterable<Long> videoIds() throws Exception {
    return videos.keys();
  }

  /** Returns the data of a video, as an update; empty if it has expired. */
  Optional<VideoChange> video(long videoId) throws Exception {
    byte @Nullable [] packed = videos.get(videoId);
    if (packed == null) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    byte version = bytes.get();
    if (version != VERSION) {
      throw new FlinkRuntimeException(
          "version of video %d: %d (expected: %d)".formatted(videoId, version, VERSION));
    }
    long publishedAt = bytes.getLong();
    Video record = Video.parseFrom(bytes);
    return Optional.of(
        new VideoChange(record.getCreatorId(), record, publishedAt, VideoChange.Kind.UPDATED));
  }
}
