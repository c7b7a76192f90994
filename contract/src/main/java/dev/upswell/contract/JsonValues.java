package dev.upswell.contract;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The values of Protobuf's JSON mapping, one method a type. */
final class JsonValues {
  /** Longer numbers are not read: the cost of reading one grows with the square of its digits. */
  private static final int MAX_NUMBER = 64;

  private JsonValues() {}

  static long int64(String name, JsonElement element) throws RejectedRecordException {
    OptionalLong value = integer(element);
    if (value.isEmpty()) {
      throw new RejectedRecordException(name, describe(element), "a 64-bit integer");
    }
    return value.getAsLong();
  }

  static int int32(String name, JsonElement element) throws RejectedRecordException {
    OptionalLong value = integer(element);
    if (value.isEmpty() || (int) value.getAsLong() != value.getAsLong()) {
      throw new RejectedRecordException(name, describe(element), "a 32-bit integer");
    }
    return (int) value.getAsLong();
  }

  static float float32(String name, JsonElement element) throws RejectedRecordException {
    if (isNumberOrString(element)) {
      try {
        // By way of double, as JsonFormat does: the direct way can round differently.
        float value = (float) Double.parseDouble(element.getAsString());
        if (Float.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below, with the field.
      }
    }
    throw new RejectedRecordException(
        name, describe(element), "a finite 32-bit floating-point number");
  }

  static String text(String name, JsonElement element) throws RejectedRecordException {
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isString()) {
      throw new RejectedRecordException(name, describe(element), "a string");
    }
    String text = primitive.getAsString();
    if (hasUnpairedSurrogate(text)) {
      // "\ud800" is correct JSON, but no encoding of Unicode can carry it further.
      throw new RejectedRecordException(name, "an unpaired surrogate", "Unicode characters");
    }
    return text;
  }

  static EnumValueDescriptor enumValue(String name, JsonElement element, EnumDescriptor type)
      throws RejectedRecordException {
    if (element instanceof JsonPrimitive primitive) {
      EnumValueDescriptor value = null;
      if (primitive.isString()) {
        value = type.findValueByName(primitive.getAsString());
      }
      OptionalLong number = value == null ? integer(element) : OptionalLong.empty();
      if (number.isPresent() && (int) number.getAsLong() == number.getAsLong()) {
        value = type.findValueByNumber((int) number.getAsLong());
      }
      if (value != null) {
        return value;
      }
    }
    String names =
        type.getValues().stream()
            .filter(value -> value.getNumber() != 0)
            .map(EnumValueDescriptor::getName)
            .collect(Collectors.joining(", "));
    throw new RejectedRecordException(name, describe(element), names);
  }

  /** Returns a value in the form of a violation. */
  static String describe(JsonElement element) {
    if (element.isJsonArray()) {
      return "an array";
    }
    if (element.isJsonObject()) {
      return "an object";
    }
    if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      return Violation.quoted(primitive.getAsString());
    }
    return Violation.shortened(element.toString());
  }

  private static OptionalLong integer(JsonElement element) {
    if (isNumberOrString(element)) {
      String text = element.getAsString();
      if (text.length() <= MAX_NUMBER) {
        return integer(text);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong integer(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException notPlain) {
      try {
        // 1e3 and 5.0 are integers too, as written by producers that have only doubles.
        return OptionalLong.of(new BigDecimal(text).longValueExact());
      } catch (NumberFormatException | ArithmeticException notAnInteger) {
        return OptionalLong.empty();
      }
    }
  }

  private static boolean isNumberOrString(JsonElement element) {
    return element instanceof JsonPrimitive primitive && !primitive.isBoolean();
  }

  private static boolean hasUnpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean paired =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
