package dev.upswell.feeds.audience;

import dev.upswell.contract.Varint;
import java.util.Arrays;

/**
 * Packs ascending ids as the differences from one to the next, each a {@link Varint}.
 *
 * <p>A million followers of a billion users differ by a thousand from one to the next: two bytes
 * instead of eight.
 */
final class PackedIds {
  private static final byte[] NOTHING = new byte[0];

  private PackedIds() {}

  static byte[] pack(long[] ids, int from, int to) {
    if (from == to) {
      return NOTHING;
    }
    byte[] bytes = new byte[9 * (to - from)];
    int end = 0;
    long before = 0;
    for (int i = from; i < to; i++) {
      end = Varint.write(ids[i] - before, bytes, end);
      before = ids[i];
    }
    return Arrays.copyOf(bytes, end);
  }

  /**
   * Unpacks the ids.
   *
   * @param count number of ids
   */
  static long[] unpack(byte[] bytes, int count) {
    long[] ids = new long[count];
    Varint.Reader differences = new Varint.Reader(bytes, 0);
    long before = 0;
    for (int i = 0; i < count; i++) {
      before += differences.next();
      ids[i] = before;
    }
    return ids;
  }

  /**
   * Adds an id. Returns the same array if it is present. Nothing is unpacked: inserting one of a
   * thousand ids dominates the cost of a growing audience.
   */
  static byte[] with(byte[] bytes, long id) {
    Place place = Place.of(bytes, id);
    if (place.isThere()) {
      return bytes;
    }
    boolean isLast = place.from == bytes.length;
    int size = Varint.size(id - place.before) + (isLast ? 0 : Varint.size(place.id - id));
    byte[] more = new byte[bytes.length - (place.to - place.from) + size];
    System.arraycopy(bytes, 0, more, 0, place.from);
    int end = Varint.write(id - place.before, more, place.from);
    if (!isLast) {
      end = Varint.write(place.id - id, more, end);
    }
    System.arraycopy(bytes, place.to, more, end, bytes.length - place.to);
    return more;
  }

  /** Removes an id. Returns the same array if it is absent. */
  static byte[] without(byte[] bytes, long id) {
    Place place = Place.of(bytes, id);
    if (!place.isThere()) {
      return bytes;
    }
    if (place.to == bytes.length) {
      return Arrays.copyOf(bytes, place.from);
    }
    Place next = Place.after(bytes, place.to, id);
    long difference = next.id - place.before;
    byte[] fewer = new byte[bytes.length - (next.to - place.from) + Varint.size(difference)];
    System.arraycopy(bytes, 0, fewer, 0, place.from);
    int end = Varint.write(difference, fewer, place.from);
    System.arraycopy(bytes, next.to, fewer, end, bytes.length - next.to);
    return fewer;
  }

  /**
   * Position of the first id that is not less than the wanted one.
   *
   * @param before the id before it; 0 for the first
   * @param id the id; the wanted one less 1 if there is none
   * @param from index of its first byte; the length if there is none
   * @param to index after its last byte
   */
  private record Place(long wanted, long before, long id, int from, int to) {
    boolean isThere() {
      return id == wanted;
    }

    static Place of(byte[] bytes, long wanted) {
      return find(bytes, 0, 0, wanted);
    }

    /** Returns the first id at or after an index, for a known previous id. */
    static Place after(byte[] bytes, int from, long id) {
      return find(bytes, from, id, id);
    }

    private static Place find(byte[] bytes, int start, long idBefore, long wanted) {
      long before = idBefore;
      int from = start;
      Varint.Reader differences = new Varint.Reader(bytes, start);
      while (differences.hasNext()) {
        long id = before + differences.next();
        if (id >= wanted) {
          return new Place(wanted, before, id, from, differences.position());
        }
        before = id;
        from = differences.position();
      }
      return new Place(wanted, before, wanted - 1, from, from);
    }
  }
}
