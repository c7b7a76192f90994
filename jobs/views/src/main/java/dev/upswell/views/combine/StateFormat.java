package dev.upswell.views.combine;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/**
 * The form in which sums are kept in a state, which later releases must be able to read.
 *
 * @param <O> a sum
 */
public interface StateFormat<O> extends Serializable {
  /** Packs sums into one array. */
  byte[] pack(List<O> combinedRecords);

  /**
   * Passes the packed sums to a consumer.
   *
   * @throws IllegalArgumentException for an unknown version of the format
   */
  void unpack(byte[] packed, Consumer<O> into);
}
