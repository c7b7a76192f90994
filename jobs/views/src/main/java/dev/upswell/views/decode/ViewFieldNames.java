package dev.upswell.views.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.upswell.contract.events.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the field of a view by its JSON name, in either form, from the bytes.
 *
 * <p>The names are few and fixed, so the table has no collisions: loading the class tries hash
 * factors until there are none. A lookup compares one name.
 */
final class ViewFieldNames {
  /** No field has this number. */
  static final int UNKNOWN = 0;

  private static final int SIZE = 128;
  private static final byte[][] NAMES = new byte[SIZE][];
  private static final byte[] NUMBERS = new byte[SIZE];
  private static final int FACTOR;

  static {
    List<FieldDescriptor> fields = View.getDescriptor().getFields();
    int factor = 1;
    while (!fill(fields, factor)) {
      factor += 2;
    }
    FACTOR = factor;
  }

  private ViewFieldNames() {}

  /** The number of the field, or {@link #UNKNOWN}. */
  static int find(byte[] source, int offset, int length) {
    if (length == 0) {
      return UNKNOWN;
    }
    int place = place(source, offset, length, FACTOR);
    byte[] name = NAMES[place];
    return Arrays.equals(name, 0, name.length, source, offset, offset + length)
        ? NUMBERS[place]
        : UNKNOWN;
  }

  private static boolean fill(List<FieldDescriptor> fields, int factor) {
    Arrays.fill(NAMES, new byte[0]);
    Arrays.fill(NUMBERS, (byte) UNKNOWN);
    for (FieldDescriptor field : fields) {
      for (byte[] name : names(field)) {
        int place = place(name, 0, name.length, factor);
        if (NUMBERS[place] != UNKNOWN) {
          return false;
        }
        NAMES[place] = name;
        NUMBERS[place] = (byte) field.getNumber();
      }
    }
    return true;
  }

  private static List<byte[]> names(FieldDescriptor field) {
    List<byte[]> names = new ArrayList<>();
    names.add(field.getJsonName().getBytes(UTF_8));
    if (!field.getName().equals(field.getJsonName())) {
      names.add(field.getName().getBytes(UTF_8));
    }
    return names;
  }

  private static int place(byte[] source, int offset, int length, int factor) {
    int hash = length;
    hash = hash * factor + source[offset];
    hash = hash * factor + source[offset + length / 2];
    hash = hash * factor + source[offset + length - 1];
    return (hash ^ (hash >>> 7)) & (SIZE - 1);
  }
}
