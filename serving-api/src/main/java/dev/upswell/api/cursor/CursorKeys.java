package dev.upswell.api.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that cursors are sealed with. Thread-safe.
 *
 * <p>There is a key for each period of time, made of a secret by HMAC, so that keys rotate by
 * themselves and all instances with the secret have the same. The secret rotates too: what is
 * sealed with any of them is accepted, the first one seals.
 */
final class CursorKeys {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int RANDOM_BYTES = 32;

  /** Made for what is accepted and what a forger may name; a few, then all are made anew. */
  private static final int MOST_MADE = 64;

  private final List<byte[]> secrets;
  private final Map<Integer, List<Mac>> made = new ConcurrentHashMap<>();

  private CursorKeys(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /** Keys of secrets, the one that seals first. */
  static CursorKeys of(List<String> secrets) {
    return new CursorKeys(secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList());
  }

  /** Keys that no other instance has. */
  static CursorKeys random() {
    byte[] secret = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(secret);
    return new CursorKeys(List.of(secret));
  }

  /** The number of the period that a time is in. */
  static int periodOf(long millis, Duration length) {
    return (int) (millis / length.toMillis());
  }

  /** What seals in a period, one for each secret. */
  List<Mac> of(int period) {
    List<Mac> known = made.get(period);
    if (known == null) {
      known = secrets.stream().map(secret -> key(secret, period)).toList();
      if (made.size() >= MOST_MADE) {
        made.clear();
      }
      made.put(period, known);
    }
    List<Mac> own = new ArrayList<>(known.size());
    known.forEach(mac -> own.add(copy(mac)));
    return own;
  }

  private static Mac key(byte[] secret, int period) {
    Mac maker = mac(secret);
    maker.update("upswell cursor".getBytes(UTF_8));
    return mac(maker.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(period).array()));
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** One that is initialised already and is nobody else's. */
  private static Mac copy(Mac mac) {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own " + ALGORITHM + " can be copied", e);
    }
  }
}
