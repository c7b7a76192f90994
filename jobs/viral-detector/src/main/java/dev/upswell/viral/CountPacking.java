package dev.upswell.viral;

import dev.upswell.runtime.combine.Packing;
import dev.upswell.views.PackedCounts;
import dev.upswell.views.ViewCount;
import java.util.List;
import java.util.function.Consumer;

/** Counts of views in the state of the combiner. */
final class CountPacking implements Packing<ViewCount> {
  private static final long serialVersionUID = 1L;

  @Override
  public byte[] pack(List<ViewCount> sums) {
    return PackedCounts.pack(sums);
  }

  @Override
  public void unpack(byte[] packed, Consumer<ViewCount> into) {
    PackedCounts.unpack(packed, into);
  }
}
