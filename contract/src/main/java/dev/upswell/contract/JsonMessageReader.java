package dev.upswell.contract;

import static com.google.protobuf.Descriptors.FieldDescriptor.Type.ENUM;
import static com.google.protobuf.Descriptors.FieldDescriptor.Type.FLOAT;
import static com.google.protobuf.Descriptors.FieldDescriptor.Type.INT32;
import static com.google.protobuf.Descriptors.FieldDescriptor.Type.INT64;
import static com.google.protobuf.Descriptors.FieldDescriptor.Type.MESSAGE;
import static com.google.protobuf.Descriptors.FieldDescriptor.Type.STRING;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts a JSON tree to a message by Protobuf's JSON mapping, and names the field of the first
 * invalid value.
 *
 * <p>Protobuf's {@code JsonFormat} does not name the field, and accepts values outside of the
 * mapping: numbers for strings, arrays of one for their element, unknown enum names as none.
 * Everything accepted here is accepted there with an equal value, which a property test checks.
 *
 * <p>A field may have its JSON name or its original name. Unknown names are ignored.
 */
final class JsonMessageReader {
  private static final Set<FieldDescriptor.Type> SUPPORTED =
      EnumSet.of(INT64, INT32, FLOAT, STRING, ENUM, MESSAGE);

  private final Message prototype;
  private final Map<String, FieldDescriptor> fields = new HashMap<>();
  private final Map<FieldDescriptor, JsonMessageReader> nested = new HashMap<>();

  /**
   * Creates a reader.
   *
   * @throws IllegalArgumentException if the message has a field of a type that no event has had
   */
  JsonMessageReader(Message prototype) {
    this.prototype = prototype.getDefaultInstanceForType();
    Descriptor descriptor = prototype.getDescriptorForType();
    for (FieldDescriptor field : descriptor.getFields()) {
      if (!SUPPORTED.contains(field.getType()) || field.isMapField()) {
        throw new IllegalArgumentException(
            field.getFullName() + ": " + field.getType() + " (expected: one of " + SUPPORTED + ")");
      }
      fields.put(field.getName(), field);
      fields.put(field.getJsonName(), field);
      if (field.getType() == MESSAGE) {
        Message.Builder builder = prototype.newBuilderForType().newBuilderForField(field);
        nested.put(field, new JsonMessageReader(builder.getDefaultInstanceForType()));
      }
    }
  }

  /** The field of either name, or null. */
  @Nullable FieldDescriptor field(String name) {
    return fields.get(name);
  }

  Message read(JsonObject object) throws RejectedRecordException {
    Message.Builder builder = prototype.newBuilderForType();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      FieldDescriptor field = fields.get(entry.getKey());
      // In the mapping null means an absent field.
      if (field == null || entry.getValue().isJsonNull()) {
        continue;
      }
      rejectSecondName(field, object);
      if (field.isRepeated()) {
        readRepeated(builder, field, entry.getValue());
      } else {
        builder.setField(field, value(field, field.getJsonName(), entry.getValue()));
      }
    }
    return builder.build();
  }

  private void readRepeated(Message.Builder builder, FieldDescriptor field, JsonElement element)
      throws RejectedRecordException {
    String name = field.getJsonName();
    if (!(element instanceof JsonArray array)) {
      throw new RejectedRecordException(name, JsonValues.describe(element), "an array");
    }
    for (int i = 0; i < array.size(); i++) {
      builder.addRepeatedField(field, value(field, name + "[" + i + "]", array.get(i)));
    }
  }

  private Object value(FieldDescriptor field, String name, JsonElement element)
      throws RejectedRecordException {
    return switch (field.getType()) {
      case INT64 -> JsonValues.int64(name, element);
      case INT32 -> JsonValues.int32(name, element);
      case FLOAT -> JsonValues.float32(name, element);
      case ENUM -> JsonValues.enumValue(name, element, field.getEnumType());
      case MESSAGE -> message(field, name, element);
      default -> JsonValues.text(name, element);
    };
  }

  private Message message(FieldDescriptor field, String name, JsonElement element)
      throws RejectedRecordException {
    JsonMessageReader reader = nested.get(field);
    if (reader == null || !(element instanceof JsonObject object)) {
      throw new RejectedRecordException(name, JsonValues.describe(element), "an object");
    }
    try {
      return reader.read(object);
    } catch (RejectedRecordException e) {
      throw new RejectedRecordException(e.violation().within(name + "."));
    }
  }

  private static void rejectSecondName(FieldDescriptor field, JsonObject object)
      throws RejectedRecordException {
    if (!field.getName().equals(field.getJsonName())
        && isGiven(object, field.getName())
        && isGiven(object, field.getJsonName())) {
      throw new RejectedRecordException(
          field.getJsonName(), "given also as " + field.getName(), "one of the two names");
    }
  }

  private static boolean isGiven(JsonObject object, String name) {
    JsonElement element = object.get(name);
    return element != null && !element.isJsonNull();
  }
}
