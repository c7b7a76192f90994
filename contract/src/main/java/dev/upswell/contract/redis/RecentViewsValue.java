package dev.upswell.contract.redis;

import java.nio.ByteBuffer;

/**
 * How much a video was watched lately.
 *
 * <p>Packed as 8 bytes for the time and 4 for each count, all big-endian.
 *
 * @param asOf the end of the hour that was counted, in Unix milliseconds
 * @param views in that hour
 * @param forecast views of the video's first hour that are to be expected; 0 without a forecast
 * @param forecastAtLeast of which one can be confident; 0 without a forecast
 */
public record RecentViewsValue(long asOf, int views, int forecast, int forecastAtLeast) {
  private static final int BYTES = Long.BYTES + 3 * Integer.BYTES;

  /** The packed form. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(asOf)
        .putInt(views)
        .putInt(forecast)
        .putInt(forecastAtLeast)
        .array();
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalArgumentException unless there are 20 bytes
   */
  public static RecentViewsValue fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "recent views: " + bytes.length + " bytes (expected: " + BYTES + ")");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new RecentViewsValue(
        buffer.getLong(), buffer.getInt(), buffer.getInt(), buffer.getInt());
  }
}
