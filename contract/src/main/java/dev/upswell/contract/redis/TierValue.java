package dev.upswell.contract.redis;

import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import java.nio.ByteBuffer;

/**
 * The tier of a video.
 *
 * <p>Packed as 8 bytes for the version, big-endian, and one each for the numbers of tier and reason
 * in {@code events.proto}.
 *
 * @param version grows with every change of this video's tier: the end of the minute that decided,
 *     in Unix milliseconds
 * @param reason of the last change
 */
public record TierValue(long version, Tier tier, Reason reason) {
  private static final int BYTES = Long.BYTES + 2;

  /** The packed form. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(version)
        .put((byte) tier.getNumber())
        .put((byte) reason.getNumber())
        .array();
  }

  /**
   * Reads the packed form. Constants of a later release are read as unspecified.
   *
   * @throws IllegalArgumentException unless there are 10 bytes
   */
  public static TierValue fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "tier: " + bytes.length + " bytes (expected: " + BYTES + ")");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long version = buffer.getLong();
    Tier tier = Tier.forNumber(buffer.get());
    Reason reason = Reason.forNumber(buffer.get());
    return new TierValue(
        version,
        tier == null ? Tier.TIER_UNSPECIFIED : tier,
        reason == null ? Reason.REASON_UNSPECIFIED : reason);
  }
}
