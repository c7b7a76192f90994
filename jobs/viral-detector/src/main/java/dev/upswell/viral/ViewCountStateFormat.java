package dev.upswell.viral;

import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewCountFormat;
import dev.upswell.views.combine.StateFormat;
import java.util.List;
import java.util.function.Consumer;

/** Counts of views in the state of the combiner. */
final class ViewCountStateFormat implements StateFormat<ViewCount> {
  private static final long serialVersionUID = 1L;

  @Override
  public byte[] pack(List<ViewCount> sums) {
    return ViewCountFormat.pack(sums);
  }

  @Override
  public void unpack(byte[] packed, Consumer<ViewCount> into) {
    ViewCountFormat.unpack(packed, into);
  }
}
