package dev.upswell.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Messages with every field filled, no two alike, within the rules of the contract. */
final class Specimens {
  /** The time of every event in a specimen. */
  static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

  /** A clock that stands a minute after the events. */
  static final InstantSource CLOCK = InstantSource.fixed(AT.plusSeconds(60));

  private Specimens() {}

  @SuppressWarnings("unchecked") // A builder of a T builds Ts.
  static <T extends Message> T of(EventType<T> type) {
    return (T) fill(type.defaultInstance().newBuilderForType()).build();
  }

  static Message.Builder fill(Message.Builder builder) {
    Descriptor descriptor = builder.getDescriptorForType();
    for (FieldDescriptor field : descriptor.getFields()) {
      if (field.isMapField()) {
        builder.addRepeatedField(field, fill(builder.newBuilderForField(field)).build());
      } else if (field.isRepeated()) {
        builder.addRepeatedField(field, value(builder, field, 1));
        builder.addRepeatedField(field, value(builder, field, 2));
      } else {
        builder.setField(field, value(builder, field, 0));
      }
    }
    return builder;
  }

  private static Object value(Message.Builder builder, FieldDescriptor field, int index) {
    int number = field.getNumber();
    return switch (field.getJavaType()) {
      case LONG -> isTime(field) ? AT.toEpochMilli() : 700_000_000_000_000_000L + number;
      case INT -> 1_000 * number + 7;
      case FLOAT -> 0.25f + index;
      case DOUBLE -> 0.125 + number;
      case BOOLEAN -> true;
      case STRING -> text(field.getName(), index);
      case BYTE_STRING -> ByteString.copyFrom(new byte[] {0, 1, (byte) 0x80, (byte) 0xFF});
      case ENUM -> last(field.getEnumType().getValues());
      case MESSAGE -> message(builder.newBuilderForField(field));
    };
  }

  private static String text(String name, int index) {
    return switch (name) {
      case "region" -> "BR";
      case "language" -> "pt-BR";
      case "category", "device" -> name + "-" + index;
      default -> name + "-" + index + "-é";
    };
  }

  private static Message message(Message.Builder builder) {
    if (builder instanceof Timestamp.Builder timestamp) {
      return timestamp.setSeconds(AT.getEpochSecond()).setNanos(AT.getNano()).build();
    }
    return fill(builder).build();
  }

  private static boolean isTime(FieldDescriptor field) {
    return field.getName().equals("at") || field.getName().endsWith("_at");
  }

  private static <E> E last(List<E> values) {
    return values.get(values.size() - 1);
  }
}
