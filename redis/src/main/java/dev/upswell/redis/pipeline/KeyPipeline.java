package dev.upswell.redis.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.command.KeyCommandTemplate;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.BitSet;

/**
 * One command for many keys, encoded at once, with one integer reply per key.
 *
 * <p>A key costs its bytes on the wire and a number in an array, no object. Use {@link Pipeline}
 * for commands that differ per key.
 *
 * <p>Thread-safe if the arrays are not modified. It may be sent again.
 */
public final class KeyPipeline {
  private static final KeyCommandTemplate DELETE = new KeyCommandTemplate(CommandType.DEL);

  private final IdKeyFormat keys;
  private final long[] ids;
  private final KeyCommandTemplate command;
  private final KeyCommandTemplate expire;
  private final BitSet expiring;

  private KeyPipeline(
      IdKeyFormat keys,
      long[] ids,
      KeyCommandTemplate command,
      KeyCommandTemplate expire,
      BitSet expiring) {
    this.keys = keys;
    this.ids = ids;
    this.command = command;
    this.expire = expire;
    this.expiring = expiring;
    for (long id : ids) {
      IdKeyFormat.checked(id);
    }
  }

  /** {@code LPUSHX key element} for each key; answered by the new length, 0 if there is no list. */
  public static KeyPipeline pushIfPresent(IdKeyFormat keys, long[] ids, byte[] element) {
    return pushIfPresent(keys, ids, element, new BitSet(), Duration.ZERO);
  }

  /**
   * Creates {@code LPUSHX key element} for each key, followed by {@code EXPIRE key seconds} for
   * some.
   *
   * @param renewed indexes of {@code ids}, from 0, whose keys get a new lifetime
   * @param ttl at least 1 s if any is renewed; fractions of a second are dropped
   * @throws IllegalArgumentException if an index is beyond the ids, an id not positive, or the
   *     lifetime less than a second, at which Redis would delete the keys
   */
  public static KeyPipeline pushIfPresent(
      IdKeyFormat keys, long[] ids, byte[] element, BitSet renewed, Duration ttl) {
    if (renewed.length() > ids.length) {
      throw new IllegalArgumentException(
          "renewed: place %d (expected: 0..%d)".formatted(renewed.length() - 1, ids.length - 1));
    }
    if (!renewed.isEmpty() && ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("ttl: " + ttl + " (expected: 1 s or more)");
    }
    byte[] seconds = Long.toString(ttl.toSeconds()).getBytes(US_ASCII);
    return new KeyPipeline(
        keys,
        ids,
        new KeyCommandTemplate(CommandType.LPUSHX, element),
        new KeyCommandTemplate(CommandType.EXPIRE, seconds),
        renewed);
  }

  /** {@code DEL key} for each key; answered by 1 if the key was there, else by 0. */
  public static KeyPipeline delete(IdKeyFormat keys, long[] ids) {
    return new KeyPipeline(keys, ids, DELETE, DELETE, new BitSet());
  }

  /** Number of keys. */
  public int size() {
    return ids.length;
  }

  /** Number of replies that Redis sends. */
  int replies() {
    return ids.length + expiring.cardinality();
  }

  /** Returns whether the key at an index gets a new lifetime. */
  boolean expires(int place) {
    return expiring.get(place);
  }

  byte[] key(int place) {
    return keys.of(ids[place]);
  }

  CommandType type() {
    return command.type();
  }

  /** The same for the keys at some places only. */
  KeyPipeline part(int[] places) {
    long[] some = new long[places.length];
    BitSet renewed = new BitSet();
    for (int i = 0; i < places.length; i++) {
      some[i] = ids[places[i]];
      renewed.set(i, expiring.get(places[i]));
    }
    return new KeyPipeline(keys, some, command, expire, renewed);
  }

  void writeTo(ByteBuf out) {
    byte[] key = new byte[keys.maxArgumentBytes()];
    out.ensureWritable(maxBytes(command, size()) + maxBytes(expire, expiring.cardinality()));
    for (int i = 0; i < ids.length; i++) {
      int length = keys.writeArgument(ids[i], key);
      out.writeBytes(command.head()).writeBytes(key, 0, length).writeBytes(command.tail());
      // Directly after the push, while the key is in the caches of Redis' processor.
      if (expiring.get(i)) {
        out.writeBytes(expire.head()).writeBytes(key, 0, length).writeBytes(expire.tail());
      }
    }
  }

  private int maxBytes(KeyCommandTemplate each, int times) {
    return times * (each.head().length + keys.maxArgumentBytes() + each.tail().length);
  }
}
