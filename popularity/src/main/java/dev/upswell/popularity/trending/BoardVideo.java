package dev.upswell.popularity.trending;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A video of a {@link TrendBoard}: its metadata, and its sums after the first count. */
public final class BoardVideo {
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 3;

  final long videoId;
  VideoMetadata metadata;
  @Nullable VideoTrend trend;

  /** Counts that wait for the end of their slot. A video with any of them is not evicted. */
  int waiting;

  /** Whether the video is a candidate for lists. */
  boolean isWatched;

  /** Whether the video is not as it was last packed. */
  boolean isChanged;

  /** Whether the video has left the board. */
  boolean isGone;

  BoardVideo(long videoId, VideoMetadata metadata) {
    this.videoId = videoId;
    this.metadata = metadata;
  }

  void add(Baseline baseline, TrendCount count, int slot) {
    VideoTrend sums = trend;
    if (sums == null) {
      sums = new VideoTrend(baseline, slot);
      trend = sums;
    }
    sums.add(count, slot);
  }

  double viewers(int slot) {
    return trend == null ? 0 : trend.viewers(0, slot);
  }

  /** Returns the usual engagement per slot; 0 without a recent event. */
  double rate(int slot, TrendingSettings settings) {
    return trend == null || trend.isExpired(slot) ? 0 : trend.rate(slot, settings);
  }

  boolean isExpired(int slot) {
    return waiting == 0 && (trend == null || trend.isExpired(slot));
  }

  // ---- Packed form: version, hidden, length of the category, category, sums if there are any

  byte[] toBytes() {
    byte[] category = metadata.category().getBytes(UTF_8);
    byte[] sums = trend == null ? new byte[0] : trend.toBytes();
    return ByteBuffer.allocate(HEAD_BYTES + category.length + sums.length)
        .put(VERSION)
        .put((byte) (metadata.hidden() ? 1 : 0))
        .put((byte) category.length)
        .put(category)
        .put(sums)
        .array();
  }

  static BoardVideo fromBytes(long creatorId, long videoId, Baseline baseline, byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    byte version = bytes.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "version of a trending video: " + version + " (expected: " + VERSION + ")");
    }
    boolean hidden = bytes.get() == 1;
    byte[] category = new byte[bytes.get()];
    bytes.get(category);
    BoardVideo video =
        new BoardVideo(videoId, new VideoMetadata(creatorId, new String(category, UTF_8), hidden));
    if (bytes.hasRemaining()) {
      video.trend = VideoTrend.of(baseline, bytes);
    }
    return video;
  }
}
