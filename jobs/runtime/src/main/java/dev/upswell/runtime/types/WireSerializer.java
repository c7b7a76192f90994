package dev.upswell.runtime.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes immutable values between operators. Not for state.
 *
 * <p>State needs a format that later releases can read. This one makes no such promise, so {@link
 * #snapshotConfiguration} throws. Serializers of one class are equal; a subclass with fields
 * compares them too.
 *
 * @param <T> value
 */
public abstract class WireSerializer<T> extends ImmutableSerializer<T> {
  private static final long serialVersionUID = 1L;

  /** Nothing to set up. */
  protected WireSerializer() {}

  @Override
  @SuppressWarnings("EqualsGetClass") // The class is all that a serializer is.
  public boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public final TypeSerializerSnapshot<T> snapshotConfiguration() {
    throw new UnsupportedOperationException(getClass() + " is not for state");
  }

  /** Writes a length and that many numbers. */
  protected static void writeLongs(long[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  /** Reads the result of {@link #writeLongs}. */
  protected static long[] readLongs(DataInputView in) throws IOException {
    long[] values = new long[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }
}
