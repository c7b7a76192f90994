package dev.upswell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that every field of every event has the rule of its kind. */
class EventRulesTest {
  static Stream<Arguments> fields() {
    return EventType.all().stream()
        .flatMap(
            type ->
                type.defaultInstance().getDescriptorForType().getFields().stream()
                    .map(field -> Arguments.of(type, field)));
  }

  @ParameterizedTest
  @MethodSource("fields")
  <T extends Message> void violationNamesTheField(EventType<T> type, FieldDescriptor field) {
    EventCodec<T> codec = new EventCodec<>(type, Specimens.CLOCK);
    Message.Builder event = Specimens.of(type).toBuilder();
    for (Breach breach : breaches(event, field)) {
      T broken = type.type().cast(breach.event());
      assertThat(codec.validate(broken))
          .as("%s of %s in %s", breach.field(), field.getFullName(), breach.event())
          .map(Violation::field)
          .contains(breach.field());
    }
  }

  private record Breach(String field, Message event) {}

  private static List<Breach> breaches(Message.Builder event, FieldDescriptor field) {
    List<Breach> breaches = new ArrayList<>();
    for (Object value : forbidden(field)) {
      Message.Builder broken = event.clone();
      String name = field.getJsonName();
      if (field.isRepeated()) {
        broken.setRepeatedField(field, 1, value);
        name += "[1]";
      } else {
        broken.setField(field, value);
      }
      breaches.add(new Breach(name, broken.build()));
    }
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      breaches.addAll(breachesWithin(event, field));
    }
    return breaches;
  }

  private static List<Breach> breachesWithin(Message.Builder event, FieldDescriptor field) {
    Message element = (Message) event.getRepeatedField(field, 1);
    return element.getDescriptorForType().getFields().stream()
        .flatMap(inner -> breaches(element.toBuilder(), inner).stream())
        .map(
            inner ->
                new Breach(
                    field.getJsonName() + "[1]." + inner.field(),
                    event.clone().setRepeatedField(field, 1, inner.event()).build()))
        .toList();
  }

  private static List<Object> forbidden(FieldDescriptor field) {
    return switch (field.getType()) {
      case INT64 ->
          field.getName().endsWith("_bytes") || field.getName().endsWith("_above")
              ? List.of(-1L)
              : List.of(0L, -1L, Long.MIN_VALUE);
      case INT32 -> List.of(-1, Integer.MIN_VALUE);
      case FLOAT -> List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
      case STRING -> List.of("x".repeat(2_049));
      case ENUM -> {
        Object unknown = field.getEnumType().findValueByNumberCreatingIfUnknown(99);
        yield field.getName().equals("visibility")
            ? List.of(unknown)
            : List.of(field.getEnumType().findValueByNumber(0), unknown);
      }
      case MESSAGE -> List.of();
      default -> throw new AssertionError(field.getFullName() + " is of a new kind");
    };
  }
}
