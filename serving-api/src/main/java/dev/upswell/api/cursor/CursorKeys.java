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
 * Keys of cursors. Thread-safe.
 *
 * <p>Each period has a key that is derived from a secret by HMAC. So keys rotate automatically and
 * are equal on all instances with the secret. Secrets rotate too: all of them open cursors, the
 * first one seals them.
 */
final class CursorKeys {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int RANDOM_BYTES = 32;

  /** Maximum derived keys. Forged cursors may name any period, so all are dropped above it. */
  private static final int MAX_KEYS = 64;

  private final List<byte[]> secrets;
  private final Map<Integer, List<Mac>> made = new ConcurrentHashMap<>();

  private CursorKeys(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /** Returns the keys of secrets; the first one seals. */
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

  /** Returns the keys of a period, one per secret. */
  List<Mac> of(int period) {
    List<Mac> known = made.get(period);
    if (known == null) {
      known = secrets.stream().map(secret -> key(secret, period)).toList();
      if (made.size() >= MAX_KEYS) {
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

  /** Returns an initialised copy for exclusive use. */
  private static Mac copy(Mac mac) {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("Java's own " + ALGORITHM + " can be copied", e);
    }
  }
}
