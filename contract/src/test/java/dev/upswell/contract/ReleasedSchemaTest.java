package dev.upswell.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.upswell.contract.events.Events;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The comparison finds what it is there to find. */
class ReleasedSchemaTest {
  private static final FileDescriptorProto RELEASED = Events.getDescriptor().toProto();

  private static List<String> after(Consumer<FileDescriptorProto.Builder> change) {
    FileDescriptorProto.Builder now = RELEASED.toBuilder();
    change.accept(now);
    return ReleasedSchema.breaches(RELEASED, now.build());
  }

  private static DescriptorProto.Builder message(FileDescriptorProto.Builder file, String name) {
    int index =
        IntStream.range(0, file.getMessageTypeCount())
            .filter(i -> file.getMessageType(i).getName().equals(name))
            .findFirst()
            .orElseThrow();
    return file.getMessageTypeBuilder(index);
  }

  @Test
  void addingFieldsIsCompatible() {
    assertThat(after(file -> {})).isEmpty();
    assertThat(
            after(
                file -> {
                  FieldDescriptorProto added =
                      FieldDescriptorProto.newBuilder()
                          .setName("new")
                          .setNumber(50)
                          .setType(FieldDescriptorProto.Type.TYPE_BOOL)
                          .build();
                  message(file, "View").addField(added);
                  message(file, "Follow").getEnumTypeBuilder(0).addValueBuilder().setNumber(9);
                  file.addMessageTypeBuilder().setName("New");
                }))
        .isEmpty();
  }

  @Test
  void removedFieldsAreIncompatible() {
    assertThat(
            after(
                file ->
                    message(file, "View")
                        .removeField(4)
                        .addReservedRange(
                            DescriptorProto.ReservedRange.newBuilder().setStart(5).setEnd(6))))
        .containsExactly("View: LABEL_OPTIONAL TYPE_INT32 watch_ms = 5 is gone");
  }

  @Test
  void changedFieldsAreIncompatible() {
    assertThat(
            after(
                file ->
                    message(file, "View")
                        .getFieldBuilder(4)
                        .setType(FieldDescriptorProto.Type.TYPE_SINT32)))
        .singleElement()
        .asString()
        .contains("is now LABEL_OPTIONAL TYPE_SINT32 watch_ms");
    assertThat(after(file -> message(file, "View").getFieldBuilder(4).setJsonName("watched")))
        .hasSize(1);
    assertThat(after(file -> message(file, "View").getFieldBuilder(4).setName("watched")))
        .hasSize(1);
    assertThat(
            after(
                file ->
                    message(file, "View")
                        .getFieldBuilder(4)
                        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)))
        .hasSize(1);
    assertThat(after(file -> message(file, "View").getFieldBuilder(4).setNumber(50))).hasSize(1);
    assertThat(
            after(
                file ->
                    message(file, "Promotion")
                        .getFieldBuilder(1)
                        .setTypeName(".upswell.v1.Promotion.Reason")))
        .hasSize(1);
  }

  @Test
  void removedMessagesAndEnumsAreIncompatible() {
    assertThat(after(file -> message(file, "Session").setName("Visit")))
        .containsExactly("Session is gone");
    assertThat(after(file -> message(file, "Video").clearNestedType()))
        .containsExactly("Video.Rendition is gone");
    assertThat(after(file -> message(file, "Follow").getEnumTypeBuilder(0).removeValue(2)))
        .containsExactly("Follow.Type: UNFOLLOW = 2 is gone");
    assertThat(
            after(
                file ->
                    message(file, "Follow").getEnumTypeBuilder(0).getValueBuilder(2).setName("X")))
        .containsExactly("Follow.Type: UNFOLLOW = 2 is now X");
    assertThat(after(file -> file.clearEnumType())).containsExactly("Tier is gone");
    assertThat(after(file -> file.setPackage("upswell.v2"))).hasSize(1);
  }
}
