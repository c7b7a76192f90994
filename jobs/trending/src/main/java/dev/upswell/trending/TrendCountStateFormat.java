package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.views.combine.StateFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Counts in the state of a combiner: a version, then nine numbers each. */
final class TrendCountStateFormat implements StateFormat<TrendCount> {
  private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;
  private static final int BYTES = 2 * Long.BYTES + 7 * Integer.BYTES;

  @Override
  public byte[] pack(List<TrendCount> sums) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + BYTES * sums.size()).putInt(VERSION);
    for (TrendCount sum : sums) {
      bytes
          .putLong(sum.creatorId())
          .putLong(sum.videoId())
          .putInt(sum.slot())
          .putInt(sum.origin())
          .putInt(sum.weight())
          .putInt(sum.views())
          .putInt(sum.viewers())
          .putInt(sum.engagement())
          .putInt(sum.reports());
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
          new TrendCount(
              bytes.getLong(),
              bytes.getLong(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt()));
    }
  }
}
