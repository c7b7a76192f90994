package dev.upswell.popularity;

import java.util.List;
import java.util.function.Consumer;

/** The form in which counts of views are kept in a state: one array for many of them. */
public final class ViewCountFormat {
  private static final int VERSION = 2;

  private ViewCountFormat() {}

  /** Packs counts, in their order. */
  public static byte[] pack(List<ViewCount> counts) {
    PackedBytes out = new PackedBytes();
    out.writeVarint(VERSION);
    for (ViewCount count : counts) {
      out.writeVarint(count.videoId());
      out.writeVarint((long) count.minute() << 1 | (count.late() ? 1 : 0));
      out.writeVarint(count.views());
      out.writeVarint(count.watchMs());
      out.writeBytes(count.viewers());
    }
    return out.toBytes();
  }

  /**
   * Emits the packed counts.
   *
   * @throws IllegalArgumentException for another version of the format
   */
  public static void unpack(byte[] packed, Consumer<ViewCount> into) {
    PackedBytes in = new PackedBytes();
    in.wrap(packed);
    int version = (int) in.readVarint();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "packed counts: version " + version + " (expected: " + VERSION + ")");
    }
    while (in.hasMore()) {
      long videoId = in.readVarint();
      int minute = (int) in.readVarint();
      into.accept(
          new ViewCount(
              videoId,
              minute >> 1,
              (int) in.readVarint(),
              in.readVarint(),
              in.readBytes(),
              (minute & 1) == 1));
    }
  }
}
