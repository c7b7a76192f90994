package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.views.combine.StateFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Counts in the state of a combiner: a version, then video and {@link PackedTrendCount} each. */
final class TrendCountStateFormat implements StateFormat<TrendCount> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 2;
  private static final int BYTES = (1 + PackedTrendCount.WIDTH) * Long.BYTES;

  @Override
  public byte[] pack(List<TrendCount> sums) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + BYTES * sums.size()).putInt(VERSION);
    long[] numbers = new long[PackedTrendCount.WIDTH];
    for (TrendCount sum : sums) {
      bytes.putLong(sum.videoId());
      PackedTrendCount.write(sum, numbers, 0);
      for (long number : numbers) {
        bytes.putLong(number);
      }
    }
    return bytes.array();
  }

  @Override
  public void unpack(byte[] packed, Consumer<TrendCount> into) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    int version = bytes.getInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "packed counts: version " + version + " (expected: " + VERSION + ")");
    }
    while (bytes.hasRemaining()) {
      into.accept(
          PackedTrendCount.of(
              bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
    }
  }
}
