package dev.upswell.fanout;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A value of the current key with a default. The default is not stored.
 *
 * @param <T> compared with equals
 */
public record KeyedValue<T>(ValueState<T> state, T initial) {
  public static <T> KeyedValue<T> of(
      RuntimeContext context, String name, TypeInformation<T> type, T initial) {
    return new KeyedValue<>(context.getState(new ValueStateDescriptor<>(name, type)), initial);
  }

  public T get() {
    try {
      @Nullable T value = state.value();
      return value == null ? initial : value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void set(T value) {
    set(value, value.equals(initial));
  }

  /** For values that have no equals of their own. */
  public void set(T value, boolean isInitial) {
    try {
      if (isInitial) {
        state.clear();
      } else {
        state.update(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
