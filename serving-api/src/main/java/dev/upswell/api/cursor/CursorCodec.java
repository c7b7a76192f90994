package dev.upswell.api.cursor;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Mac;

/**
 * Seals and opens cursors. Thread-safe.
 *
 * <p>A cursor is opaque to clients and has a fixed length: version, expiry, position, and 17 bytes
 * of an HMAC-SHA256 over these and the user. So it cannot be forged, modified, used by another user
 * or after its expiry. The key is that of the period of the expiry ({@link CursorKeys}).
 */
public final class CursorCodec {
  private static final byte VERSION = 2;
  private static final int SEALED_BYTES = 1 + Integer.BYTES + Long.BYTES;

  /** Makes 30 in all, which Base64 has one text for and no more. */
  private static final int MAC_BYTES = 17;

  private static final int BYTES = SEALED_BYTES + MAC_BYTES;

  private static final int TEXT_LENGTH = BYTES / 3 * 4;

  private static final Duration KEY_PERIOD = Duration.ofDays(1);

  private final CursorKeys keys;
  private final Duration ttl;
  private final InstantSource clock;

  private CursorCodec(CursorKeys keys, Duration ttl, InstantSource clock) {
    this.keys = keys;
    this.ttl = ttl;
    this.clock = clock;
  }

  /** Cursors by the settings. */
  public static CursorCodec of(CursorOptions settings, InstantSource clock) {
    CursorKeys keys =
        settings.secrets().isEmpty() ? CursorKeys.random() : CursorKeys.of(settings.secrets());
    return new CursorCodec(keys, settings.ttl(), clock);
  }

  /**
   * The cursor of the page below a video.
   *
   * @param below positive
   */
  public String seal(long userId, long below) {
    // In whole seconds, as the cursor has it: the key is found by it.
    long expires = (clock.millis() + ttl.toMillis()) / 1_000 * 1_000;
    byte[] cursor = new byte[BYTES];
    ByteBuffer bytes = ByteBuffer.wrap(cursor);
    bytes.put(VERSION).putInt((int) (expires / 1_000)).putLong(below);
    bytes.put(mac(keys.of(CursorKeys.periodOf(expires, KEY_PERIOD)).get(0), cursor, userId));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
  }

  /**
   * Returns the video id in a user's cursor; empty if it is invalid, of another user, or expired.
   */
  public OptionalLong open(long userId, String text) {
    if (text.length() != TEXT_LENGTH) {
      return OptionalLong.empty();
    }
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(decoded);
    if (decoded.length != BYTES || bytes.get() != VERSION) {
      return OptionalLong.empty();
    }
    long expires = Integer.toUnsignedLong(bytes.getInt()) * 1_000;
    long below = bytes.getLong();
    long now = clock.millis();
    if (expires < now || expires > now + 2 * ttl.toMillis() || below <= 0) {
      return OptionalLong.empty();
    }
    byte[] given = new byte[MAC_BYTES];
    bytes.get(given);
    return isSealed(keys.of(CursorKeys.periodOf(expires, KEY_PERIOD)), decoded, userId, given)
        ? OptionalLong.of(below)
        : OptionalLong.empty();
  }

  private static boolean isSealed(List<Mac> keys, byte[] cursor, long userId, byte[] given) {
    boolean sealed = false;
    for (Mac key : keys) {
      sealed |= MessageDigest.isEqual(mac(key, cursor, userId), given);
    }
    return sealed;
  }

  private static byte[] mac(Mac key, byte[] cursor, long userId) {
    key.update(cursor, 0, SEALED_BYTES);
    byte[] all = key.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(userId).array());
    byte[] part = new byte[MAC_BYTES];
    System.arraycopy(all, 0, part, 0, MAC_BYTES);
    return part;
  }
}
