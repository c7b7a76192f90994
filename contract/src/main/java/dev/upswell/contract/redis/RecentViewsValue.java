package dev.upswell.contract.redis;

import java.nio.ByteBuffer;

/**
 * Recent views of a video.
 *
 * <p>Packed as 8 bytes for the time and 4 per count, all big-endian.
 *
 * @param asOf end of the counted hour, in Unix milliseconds
 * @param views views in that hour
 * @param forecast expected views of the first hour; 0 without a forecast
 * @param forecastAtLeast lower bound of the forecast; 0 without a forecast
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
