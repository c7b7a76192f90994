package dev.upswell.redis.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.command.KeyCommandTemplate;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.BitSet;

/**
 * One command for many keys: written at once, each key answered by one integer.
 *
 * <p>A key costs the bytes that travel for it and a number in an array, no object. Where the
 * commands differ from key to key, {@link Pipeline} is the way.
 *
 * <p>Thread-safe as long as nobody changes the arrays that it was made of; it may be sent again.
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
   * {@code LPUSHX key element} for each key, and behind it {@code EXPIRE key seconds} for some.
   *
   * @param renewed places in {@code ids}, from 0, whose keys get a new time to live
   * @param ttl from 1 s on if any is renewed; parts of a second are dropped
   * @throws IllegalArgumentException if a place is beyond the ids, an id not positive, or the time
   *     less than a second: Redis would delete the keys
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

  /** Whether the key at a place gets a new time to live. */
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
    byte[] key = new byte[keys.mostArgumentBytes()];
    out.ensureWritable(mostBytes(command, size()) + mostBytes(expire, expiring.cardinality()));
    for (int i = 0; i < ids.length; i++) {
      int length = keys.writeArgument(ids[i], key);
      out.writeBytes(command.head()).writeBytes(key, 0, length).writeBytes(command.tail());
      // Right behind the push, while Redis has the key at hand.
      if (expiring.get(i)) {
        out.writeBytes(expire.head()).writeBytes(key, 0, length).writeBytes(expire.tail());
      }
    }
  }

  private int mostBytes(KeyCommandTemplate each, int times) {
    return times * (each.head().length + keys.mostArgumentBytes() + each.tail().length);
  }
}
